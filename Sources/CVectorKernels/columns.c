#include "CVectorKernels.h"

// As in kernels.c: every vector width gives the same bits. Columns lie side by side in vectors, and
// the sums over rows are taken row after row.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__linux__)
#define VECTORIZED __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define VECTORIZED
#endif

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define ROOT __builtin_elementwise_sqrt

// So many rows are added up before they are added to a total: a sum of thousands of rows keeps more
// of its digits.
#define PART 64

#define T float
#define NAME(x) x##_float
#include "vector.h"
#include "columns.h"
#undef T
#undef NAME

#define T double
#define NAME(x) x##_double
#include "vector.h"
#include "columns.h"
