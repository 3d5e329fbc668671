#include "CVectorKernels.h"

#if defined(__x86_64__) && defined(__linux__)
#define VECTORIZED __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define VECTORIZED
#endif

#define INLINE static inline __attribute__((always_inline))

#define T float
#define NAME(x) x##_float
#include "pooling.h"
#undef T
#undef NAME

#define T double
#define NAME(x) x##_double
#include "pooling.h"
