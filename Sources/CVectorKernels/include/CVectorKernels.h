#pragma once

// Element by element loops of the training engine, compiled for several vector widths, of which
// the widest that the processor has is taken at run time. No sum is reordered and no product fused
// with a sum, so that every width gives the same bits.

#define MYOTASK_VECTOR_KERNELS(T, S) \
    void myotask_adam_step_##S(T *theta, T *m, T *v, const T *theta0, const T *m0, const T *v0, \
        const T *g, long count, T rate, T epsilon, T keep_first, T take_first, T keep_second, \
        T take_second, int moves); \
    void myotask_adam_pull_##S(const T *lambda, T *by_first, T *by_second, T *direction, \
        const T *m, const T *v, const T *g, long count, T rate, T epsilon, T keep_first, \
        T take_first, T keep_second, T take_second); \
    void myotask_axpy_##S(T *r, const T *base, T factor, const T *x, long count); \
    void myotask_scale_##S(T *r, const T *x, T factor, long count, int accumulates); \
    void myotask_multiply_##S(T *r, const T *x, const T *y, long count, int accumulates); \
    void myotask_rectify_##S(T *r, const T *x, long count, int accumulates); \
    void myotask_gate_##S(T *r, const T *x, const T *gate, long count, int accumulates); \
    void myotask_repeat_row_##S(T *r, const T *x, long rows, long columns, int accumulates); \
    void myotask_column_sums_##S(T *r, const T *x, long rows, long columns); \
    void myotask_transpose_##S(T *r, const T *x, long count, long rows, long columns, \
        int accumulates);

MYOTASK_VECTOR_KERNELS(float, float)
MYOTASK_VECTOR_KERNELS(double, double)

// A convolution over signals with channels last, and its transposes, without a copy of what each
// place sees: `x` is [images, length, channels], `weights` [filters, kernel, channels], what is
// made of them [images, length − kernel + 1, filters]. The bias may be null; with one, `accumulates`
// must be 0. For the input's transpose
// (kernel + 11) · filters must not exceed MYOTASK_CORRELATION_BORDER, for the kernel's
// kernel · channels must be 16 at least.
#define MYOTASK_CORRELATION_BORDER 8192

#define MYOTASK_CORRELATIONS(T, S) \
    void myotask_correlate_##S(T *r, const T *x, const T *weights, const T *bias, long images, \
        long length, long channels, long kernel, long filters, int accumulates); \
    void myotask_correlate_input_##S(T *r, const T *g, const T *weights, long images, \
        long length, long channels, long kernel, long filters, int accumulates); \
    void myotask_correlate_kernel_##S(T *r, const T *x, const T *g, long images, long length, \
        long channels, long kernel, long filters, int accumulates);

MYOTASK_CORRELATIONS(float, float)
MYOTASK_CORRELATIONS(double, double)

// Columns of a matrix [rows, columns] standardized, (x − mean) / √(variance + epsilon), with the
// derivative along `a` and how that changes along `s`; products summed over rows, added to what is there;
// and columns scaled by factors, plus terms when they are not null: with terms, `accumulates` must be 0.
#define MYOTASK_COLUMNS(T, S) \
    void myotask_normalize_columns_##S(T *r, const T *x, long rows, long columns, T epsilon); \
    void myotask_normalize_columns_jvp_##S(T *r, const T *x, const T *a, long rows, long columns, \
        T epsilon, int accumulates); \
    void myotask_normalize_columns_hvp_##S(T *r, const T *x, const T *s, const T *a, long rows, \
        long columns, T epsilon, int accumulates); \
    void myotask_column_dots_##S(T *r, const T *x, const T *y, long rows, long columns); \
    void myotask_scale_columns_##S(T *r, const T *x, const T *factors, const T *terms, long rows, \
        long columns, int accumulates);

MYOTASK_COLUMNS(float, float)
MYOTASK_COLUMNS(double, double)

// Pooling over images [images, height, width, channels] by patches of at most 255 pixels: the largest
// number of each patch, or what `values` holds at its place when it is not null; and the transpose of
// the latter, which adds.
#define MYOTASK_POOLS(T, S) \
    void myotask_max_pool_##S(T *r, const T *x, const T *values, long images, long height, \
        long width, long channels, long kernel_height, long kernel_width, long stride, long rows, \
        long columns, int accumulates); \
    void myotask_max_pool_spread_##S(T *r, const T *x, const T *given, long images, long height, \
        long width, long channels, long kernel_height, long kernel_width, long stride, long rows, \
        long columns);

MYOTASK_POOLS(float, float)
MYOTASK_POOLS(double, double)

// r[i, j] = Σ_p a[i, p] b[j, p] for a left matrix of few rows, set or added to what is there: without
// the rearranging of the right one that takes BLAS a third of the time. `inner` is
// MYOTASK_PRODUCT_INNER at most.
#define MYOTASK_PRODUCT_INNER 1024

#define MYOTASK_PRODUCTS(T, S) \
    void myotask_product_transposed_##S(T *r, const T *a, const T *b, long rows, long columns, \
        long inner, int accumulates);

MYOTASK_PRODUCTS(float, float)
MYOTASK_PRODUCTS(double, double)

// r += x · W for one row x: W is [inputs, outputs] in panels of 64 outputs,
// the last one narrower, each [inputs, panel]; outputs are a multiple of 16. Totals of many rows are
// kept in double precision.
void myotask_add_row(
    float *r, const float *panels, const float *x, long inputs, long outputs);
void myotask_add_row_total(
    double *r, const float *panels, const float *x, long inputs, long outputs);
