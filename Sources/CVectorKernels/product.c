#include "CVectorKernels.h"
#include "fused.h"

// Numbers of the left matrix that are worked with at a time: half of a core's first cache.
#define PACKED (6 * MYOTASK_PRODUCT_INNER)

#define SHUFFLED __builtin_shufflevector

#define T float
#define NAME(x) x##_float
#include "vector.h"

// The sums of 16 vectors' lanes, in their order: halves are folded onto each other, and each fold
// puts two vectors into one.
INLINE void add_up_float(float *totals, vector_float sums[4][4]) {
    vector_float *s = &sums[0][0], a[8], b[4], c[2];
    UNROLL
    for (int i = 0; i < 8; i++) {
        a[i] = SHUFFLED(s[i], s[i + 8], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
            + SHUFFLED(s[i], s[i + 8], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    }
    UNROLL
    for (int i = 0; i < 4; i++) {
        b[i] = SHUFFLED(a[i], a[i + 4], 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27)
            + SHUFFLED(a[i], a[i + 4], 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
    }
    UNROLL
    for (int i = 0; i < 2; i++) {
        c[i] = SHUFFLED(b[i], b[i + 2], 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
            + SHUFFLED(b[i], b[i + 2], 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    }
    VECTOR_AT(totals) =
        SHUFFLED(c[0], c[1], 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30)
        + SHUFFLED(c[0], c[1], 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
}

#include "product.h"
#undef T
#undef NAME

#define T double
#define NAME(x) x##_double
#include "vector.h"

INLINE void add_up_double(double *totals, vector_double sums[4][4]) {
    UNROLL
    for (int half = 0; half < 2; half++) {
        vector_double *s = &sums[2 * half][0], a[4], b[2];
        UNROLL
        for (int i = 0; i < 4; i++) {
            a[i] = SHUFFLED(s[i], s[i + 4], 0, 1, 2, 3, 8, 9, 10, 11)
                + SHUFFLED(s[i], s[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
        }
        UNROLL
        for (int i = 0; i < 2; i++) {
            b[i] = SHUFFLED(a[i], a[i + 2], 0, 1, 8, 9, 4, 5, 12, 13)
                + SHUFFLED(a[i], a[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
        VECTOR_AT(totals + 8 * half) = SHUFFLED(b[0], b[1], 0, 8, 2, 10, 4, 12, 6, 14)
            + SHUFFLED(b[0], b[1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
}

#include "product.h"
