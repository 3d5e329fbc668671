// Included once for each element type, after vector.h.
//
// A matrix is worked on in blocks of up to four vectors of columns, all rows of a block before the
// next block, so that what is summed over rows stays in registers. The last block may be narrower
// than a vector: `width` columns are read and written then, and `partial` is 1.

#define EACH \
    UNROLL \
    for (int q = 0; q < vectors; q++)
#define READ(v, p) \
    NAME(vector) v = {0}; \
    if (partial) { \
        __builtin_memcpy(&v, p, (unsigned long)width * sizeof(T)); \
    } else { \
        v = CONSTANT_VECTOR_AT(p); \
    }
#define WRITE(p, v) \
    if (partial) { \
        __builtin_memcpy(p, &v, (unsigned long)width * sizeof(T)); \
    } else { \
        VECTOR_AT(p) = v; \
    }
#define PUT(p, v) \
    if (accumulates) { \
        READ(there, p) \
        v += there; \
    } \
    WRITE(p, v)
// Rows in parts: what BODY adds to the sums of a part goes to the totals when the part is done.
#define IN_PARTS(CLEAR, BODY, ADD) \
    for (long first = 0; first < rows; first += PART) { \
        long last = first + PART < rows ? first + PART : rows; \
        EACH { CLEAR } \
        for (long row = first; row < last; row++) { \
            EACH { \
                long place = row * stride + q * LANES; \
                BODY \
            } \
        } \
        EACH { ADD } \
    }
#define FOR_ROWS(BODY) \
    for (long row = 0; row < rows; row++) { \
        EACH { \
            long place = row * stride + q * LANES; \
            BODY \
        } \
    }
#define BLOCK_SIZE long stride, long rows, long width, const int vectors, const int partial
#define SIZE stride, rows, width, vectors, partial

// The mean and one over the spread of each column of a block.
INLINE void NAME(column_statistics)(
    NAME(vector) mean[4], NAME(vector) inverse[4], const T *x, T epsilon, BLOCK_SIZE) {
    NAME(vector) square[4], sum[4];
    EACH mean[q] = square[q] = (NAME(vector)){0};
    IN_PARTS(
        sum[q] = (NAME(vector)){0};,
        READ(value, x + place) sum[q] += value;,
        mean[q] += sum[q];)
    EACH mean[q] /= (T)rows;
    IN_PARTS(
        sum[q] = (NAME(vector)){0};,
        READ(value, x + place) value -= mean[q]; sum[q] += value * value;,
        square[q] += sum[q];)
    EACH inverse[q] = 1 / ROOT(square[q] / (T)rows + epsilon);
}

// The mean of each column of a, and of its product with the standardized column.
INLINE void NAME(column_projections)(NAME(vector) level[4], NAME(vector) share[4], const T *x,
    const T *a, const NAME(vector) mean[4], const NAME(vector) inverse[4], BLOCK_SIZE) {
    NAME(vector) sum[4], product[4];
    EACH level[q] = share[q] = (NAME(vector)){0};
    IN_PARTS(
        sum[q] = product[q] = (NAME(vector)){0};,
        READ(value, a + place) READ(seen, x + place)
        sum[q] += value; product[q] += value * (seen - mean[q]);,
        level[q] += sum[q]; share[q] += product[q];)
    EACH {
        level[q] /= (T)rows;
        share[q] = share[q] * inverse[q] / (T)rows;
    }
}

INLINE void NAME(normalize_block)(T *r, const T *x, T epsilon, BLOCK_SIZE) {
    NAME(vector) mean[4], inverse[4];
    NAME(column_statistics)(mean, inverse, x, epsilon, SIZE);
    FOR_ROWS(
        READ(value, x + place)
        value = (value - mean[q]) * inverse[q];
        WRITE(r + place, value))
}

INLINE void NAME(normalize_jvp_block)(
    T *r, const T *x, const T *a, T epsilon, int accumulates, BLOCK_SIZE) {
    NAME(vector) mean[4], inverse[4], level[4], share[4];
    NAME(column_statistics)(mean, inverse, x, epsilon, SIZE);
    NAME(column_projections)(level, share, x, a, mean, inverse, SIZE);
    FOR_ROWS(
        READ(seen, x + place) READ(value, a + place)
        NAME(vector) n = (seen - mean[q]) * inverse[q];
        value = (value - level[q] - n * share[q]) * inverse[q];
        PUT(r + place, value))
}

// −(σ̇ / σ) J a − (ṅ (n · a) + n (ṅ · a)) / (N σ), with ṅ = J s and σ̇ = n · s / N
INLINE void NAME(normalize_hvp_block)(
    T *r, const T *x, const T *s, const T *a, T epsilon, int accumulates, BLOCK_SIZE) {
    NAME(vector) mean[4], inverse[4], level[4], share[4], moved_level[4], moved_share[4], mixed[4],
        sum[4];
    NAME(column_statistics)(mean, inverse, x, epsilon, SIZE);
    NAME(column_projections)(level, share, x, a, mean, inverse, SIZE);
    NAME(column_projections)(moved_level, moved_share, x, s, mean, inverse, SIZE);
    EACH mixed[q] = (NAME(vector)){0};
    IN_PARTS(
        sum[q] = (NAME(vector)){0};,
        READ(seen, x + place) READ(moved, s + place) READ(value, a + place)
        NAME(vector) n = (seen - mean[q]) * inverse[q];
        sum[q] += (moved - moved_level[q] - n * moved_share[q]) * value;,
        mixed[q] += sum[q];)
    EACH mixed[q] = mixed[q] * inverse[q] / (T)rows;
    FOR_ROWS(
        READ(seen, x + place) READ(moved, s + place) READ(value, a + place)
        NAME(vector) n = (seen - mean[q]) * inverse[q];
        NAME(vector) change = (moved - moved_level[q] - n * moved_share[q]) * inverse[q];
        NAME(vector) jvp = (value - level[q] - n * share[q]) * inverse[q];
        value = -inverse[q] * (moved_share[q] * jvp + change * share[q] + n * mixed[q]);
        PUT(r + place, value))
}

// r[column] += Σ_row x[row, column] y[row, column]
INLINE void NAME(column_dots_block)(T *r, const T *x, const T *y, BLOCK_SIZE) {
    NAME(vector) total[4], sum[4];
    EACH total[q] = (NAME(vector)){0};
    IN_PARTS(
        sum[q] = (NAME(vector)){0};,
        READ(a, x + place) READ(b, y + place)
        sum[q] += a * b;,
        total[q] += sum[q];)
    EACH {
        READ(there, r + q * LANES)
        there += total[q];
        WRITE(r + q * LANES, there)
    }
}

// Calls BLOCK(first column, columns, vectors, whether it is narrower than a vector) block by block.
#define FOR_BLOCKS(BLOCK) \
    long next = 0; \
    for (; next + 4 * LANES <= columns; next += 4 * LANES) { BLOCK(next, 4 * LANES, 4, 0); } \
    switch ((columns - next) / LANES) { \
        case 3: BLOCK(next, 3 * LANES, 3, 0); next += 3 * LANES; break; \
        case 2: BLOCK(next, 2 * LANES, 2, 0); next += 2 * LANES; break; \
        case 1: BLOCK(next, LANES, 1, 0); next += LANES; break; \
        default: break; \
    } \
    if (next < columns) { BLOCK(next, columns - next, 1, 1); }

VECTORIZED void NAME(myotask_normalize_columns)(
    T *r, const T *x, long rows, long columns, T epsilon) {
#define BLOCK(at, width, n, partial) \
    NAME(normalize_block)(r + (at), x + (at), epsilon, columns, rows, width, n, partial)
    FOR_BLOCKS(BLOCK)
#undef BLOCK
}

VECTORIZED void NAME(myotask_normalize_columns_jvp)(
    T *r, const T *x, const T *a, long rows, long columns, T epsilon, int accumulates) {
#define BLOCK(at, width, n, partial) \
    NAME(normalize_jvp_block)( \
        r + (at), x + (at), a + (at), epsilon, accumulates, columns, rows, width, n, partial)
    FOR_BLOCKS(BLOCK)
#undef BLOCK
}

VECTORIZED void NAME(myotask_normalize_columns_hvp)(T *r, const T *x, const T *s, const T *a,
    long rows, long columns, T epsilon, int accumulates) {
#define BLOCK(at, width, n, partial) \
    NAME(normalize_hvp_block)(r + (at), x + (at), s + (at), a + (at), epsilon, accumulates, \
        columns, rows, width, n, partial)
    FOR_BLOCKS(BLOCK)
#undef BLOCK
}

VECTORIZED void NAME(myotask_column_dots)(
    T *r, const T *x, const T *y, long rows, long columns) {
#define BLOCK(at, width, n, partial) \
    NAME(column_dots_block)(r + (at), x + (at), y + (at), columns, rows, width, n, partial)
    FOR_BLOCKS(BLOCK)
#undef BLOCK
}

#undef EACH
#undef READ
#undef WRITE
#undef PUT
#undef IN_PARTS
#undef FOR_ROWS
#undef BLOCK_SIZE
#undef SIZE
#undef FOR_BLOCKS

// r[row, column] = x[row, column] factors[column] + terms[column]; without terms when they are null.
VECTORIZED void NAME(myotask_scale_columns)(T *restrict r, const T *restrict x,
    const T *restrict factors, const T *restrict terms, long rows, long columns, int accumulates) {
    for (long row = 0; row < rows; row++, r += columns, x += columns) {
        if (accumulates) {
            for (long i = 0; i < columns; i++) r[i] += x[i] * factors[i];
        } else if (terms) {
            for (long i = 0; i < columns; i++) r[i] = x[i] * factors[i] + terms[i];
        } else {
            for (long i = 0; i < columns; i++) r[i] = x[i] * factors[i];
        }
    }
}
