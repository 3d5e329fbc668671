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
    void myotask_column_sums_##S(T *r, const T *x, long rows, long columns);

MYOTASK_VECTOR_KERNELS(float, float)
MYOTASK_VECTOR_KERNELS(double, double)
