#pragma once
#include <cblas.h>

// LAPACK's Cholesky factor, which OpenBLAS holds but no header of it declares in C. Matrices lie
// column after column; the last argument is the length of `triangle`, as Fortran passes it.
void dpotrf_(const char *triangle, const blasint *order, double *matrix, const blasint *stride,
             blasint *info, size_t triangle_length);
void dpotrs_(const char *triangle, const blasint *order, const blasint *right_sides,
             const double *factor, const blasint *factor_stride, double *right,
             const blasint *right_stride, blasint *info, size_t triangle_length);
void dpotri_(const char *triangle, const blasint *order, double *factor, const blasint *stride,
             blasint *info, size_t triangle_length);

// LAPACK's eigenvalues and eigenvectors of a symmetric matrix.
void dsyev_(const char *task, const char *triangle, const blasint *order, double *matrix,
            const blasint *stride, double *eigenvalues, double *scratch,
            const blasint *scratch_length, blasint *info, size_t task_length,
            size_t triangle_length);

// Swift's squareRoot() calls C's sqrt on Linux, whose errno keeps a loop from being vectorized.
// These compile to the square root instruction alone and give the same, correctly rounded value.
static inline float myotask_square_root_float(float x) { return __builtin_elementwise_sqrt(x); }
static inline double myotask_square_root_double(double x) { return __builtin_elementwise_sqrt(x); }
