#include "CVectorKernels.h"
#include "fused.h"

// Rows of a tile: with two vectors a row and the operands they fill the registers of AVX-512.
#define ROWS 12
// Rows of a panel: few enough for a panel to stay in a core's first cache.
#define INNER 192

#define T float
#define NAME(x) x##_float
#include "vector.h"
#include "correlation.h"
#undef T
#undef NAME

#define T double
#define NAME(x) x##_double
#include "vector.h"
#include "correlation.h"
