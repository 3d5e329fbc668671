#include "CVectorKernels.h"

// Products are fused with sums where the processor can, as BLAS does: results differ between
// processors in the last bits, never between runs or numbers of threads.
#pragma STDC FP_CONTRACT ON

#if defined(__x86_64__) && defined(__linux__)
#define VECTORIZED __attribute__((target_clones("default", "arch=haswell", "avx512f")))
#else
#define VECTORIZED
#endif

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
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
