#include "CVectorKernels.h"
#include "fused.h"

#define T float
#define NAME(x) x##_float
#include "vector.h"

// So many products are added up in single precision.
#define PART 64

// What one row of numbers adds to `vectors` vectors of sums: sums += x · panel. Narrow panels have two
// sets of sums, so that an addition need not wait for the one before.
INLINE void row_sums(vector_float sums[4], const float *panel, const float *x, long inputs,
    const int vectors) {
    vector_float others[4];
    UNROLL
    for (int q = 0; q < vectors; q++) others[q] = (vector_float){0};
    long p = 0;
    if (vectors <= 2) {
        for (; p + 2 <= inputs; p += 2) {
            UNROLL
            for (int q = 0; q < vectors; q++) {
                sums[q] += x[p] * CONSTANT_VECTOR_AT(panel + q * LANES);
                others[q] += x[p + 1] * CONSTANT_VECTOR_AT(panel + (vectors + q) * LANES);
            }
            panel += 2 * vectors * LANES;
        }
    }
    for (; p < inputs; p++) {
        UNROLL
        for (int q = 0; q < vectors; q++) {
            sums[q] += x[p] * CONSTANT_VECTOR_AT(panel + q * LANES);
        }
        panel += vectors * LANES;
    }
    UNROLL
    for (int q = 0; q < vectors; q++) sums[q] += others[q];
}

INLINE void row_panel(float *r, const float *panel, const float *x, long inputs, const int vectors) {
    vector_float sums[4];
    UNROLL
    for (int q = 0; q < vectors; q++) sums[q] = CONSTANT_VECTOR_AT(r + q * LANES);
    row_sums(sums, panel, x, inputs, vectors);
    UNROLL
    for (int q = 0; q < vectors; q++) VECTOR_AT(r + q * LANES) = sums[q];
}

// Sums of many rows are kept in double precision: float would lose digits with every row.
INLINE void row_panel_total(
    double *r, const float *panel, const float *x, long inputs, const int vectors) {
    while (inputs > 0) {
        long count = inputs < PART ? inputs : PART;
        vector_float sums[4];
        UNROLL
        for (int q = 0; q < vectors; q++) sums[q] = (vector_float){0};
        row_sums(sums, panel, x, count, vectors);
        UNROLL
        for (int q = 0; q < vectors; q++) {
            for (int lane = 0; lane < LANES; lane++) r[q * LANES + lane] += sums[q][lane];
        }
        panel += count * vectors * LANES;
        x += count;
        inputs -= count;
    }
}

#define FOR_PANELS(CALL) \
    while (outputs >= 4 * LANES) { \
        CALL(r, panels, x, inputs, 4); \
        r += 4 * LANES; \
        panels += 4 * LANES * inputs; \
        outputs -= 4 * LANES; \
    } \
    switch (outputs / LANES) { \
        case 1: CALL(r, panels, x, inputs, 1); break; \
        case 2: CALL(r, panels, x, inputs, 2); break; \
        case 3: CALL(r, panels, x, inputs, 3); break; \
        default: break; \
    }

VECTORIZED void myotask_add_row(
    float *r, const float *panels, const float *x, long inputs, long outputs) {
    FOR_PANELS(row_panel)
}

VECTORIZED void myotask_add_row_total(
    double *r, const float *panels, const float *x, long inputs, long outputs) {
    FOR_PANELS(row_panel_total)
}
