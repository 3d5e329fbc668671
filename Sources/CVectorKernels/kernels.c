#include "CVectorKernels.h"

// A fused multiply-add rounds once where two operations round twice: processors with and without
// it would differ.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__linux__)
#define VECTORIZED __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define VECTORIZED
#endif

// Each element depends on no other one, though an input may be the output itself.
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define ROOT __builtin_elementwise_sqrt

#define T float
#define NAME(x) x##_float
#include "kernels.h"
#undef T
#undef NAME

#define T double
#define NAME(x) x##_double
#include "kernels.h"
