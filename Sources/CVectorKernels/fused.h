// What loops that multiply and add have in common.

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
