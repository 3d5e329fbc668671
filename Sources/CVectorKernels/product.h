// Included once for each element type, after vector.h and with add_up.

// `rows` rows by 4 columns of a product with a transposed matrix; sums along vectors are added up
// at the end. The left rows are packed, with zeros to whole vectors. Columns past `columns` are
// those of the last one.
INLINE void NAME(dot_tile)(T *r, long r_stride, const T *a, long a_stride, const T *b, long inner,
    const int rows, long columns, int accumulates) {
    NAME(vector) sums[4][4];
    UNROLL
    for (int i = 0; i < 4; i++) {
        UNROLL
        for (int j = 0; j < 4; j++) sums[i][j] = (NAME(vector)){0};
    }
    const T *b0 = b, *b1 = b + (columns > 1 ? inner : 0);
    const T *b2 = b1 + (columns > 2 ? inner : 0), *b3 = b2 + (columns > 3 ? inner : 0);
    T last[4][LANES];
    for (long p = 0; p < inner; p += LANES) {
        if (p + LANES > inner) {
            for (long lane = 0; lane < LANES; lane++) {
                int own = p + lane < inner;
                last[0][lane] = own ? b0[p + lane] : 0, last[1][lane] = own ? b1[p + lane] : 0;
                last[2][lane] = own ? b2[p + lane] : 0, last[3][lane] = own ? b3[p + lane] : 0;
            }
            b0 = last[0] - p, b1 = last[1] - p, b2 = last[2] - p, b3 = last[3] - p;
        }
        NAME(vector) w0 = CONSTANT_VECTOR_AT(b0 + p), w1 = CONSTANT_VECTOR_AT(b1 + p);
        NAME(vector) w2 = CONSTANT_VECTOR_AT(b2 + p), w3 = CONSTANT_VECTOR_AT(b3 + p);
        UNROLL
        for (int i = 0; i < rows; i++) {
            NAME(vector) x = CONSTANT_VECTOR_AT(a + i * a_stride + p);
            sums[i][0] += x * w0, sums[i][1] += x * w1;
            sums[i][2] += x * w2, sums[i][3] += x * w3;
        }
    }
    T totals[16];
    NAME(add_up)(totals, sums);
    UNROLL
    for (int i = 0; i < rows; i++) {
        for (long j = 0; j < (columns < 4 ? columns : 4); j++) {
            T *target = r + i * r_stride + j;
            *target = accumulates ? *target + totals[i * 4 + j] : totals[i * 4 + j];
        }
    }
}

// r[i, j] = Σ_p a[i, p] b[j, p]
VECTORIZED void NAME(myotask_product_transposed)(T *r, const T *a, const T *b, long rows,
    long columns, long inner, int accumulates) {
    T packed[PACKED] __attribute__((aligned(64)));
    long stride = (inner + LANES - 1) / LANES * LANES;
    long chunk = PACKED / stride / 4 * 4;
    for (long top = 0; top < rows; top += chunk) {
        long count = rows - top < chunk ? rows - top : chunk;
        for (long i = 0; i < count; i++) {
            const T *from = a + (top + i) * inner;
            T *to = packed + i * stride;
            for (long p = 0; p < inner; p++) to[p] = from[p];
            for (long p = inner; p < stride; p++) to[p] = 0;
        }
        for (long j = 0; j < columns; j += 4) {
            for (long i = 0; i < count; i += 4) {
                T *target = r + (top + i) * columns + j;
                const T *x = packed + i * stride, *w = b + j * inner;
#define DOTS(n) \
    NAME(dot_tile)(target, columns, x, stride, w, inner, n, columns - j, accumulates)
                switch (count - i) {
                    case 1: DOTS(1); break;
                    case 2: DOTS(2); break;
                    case 3: DOTS(3); break;
                    default: DOTS(4); break;
                }
#undef DOTS
            }
        }
    }
}
