// Included once for each element type: T is the type, NAME(x) gives a function its suffix and
// ROOT is the square root instruction.

// The state before may be the state after.
VECTORIZED void NAME(myotask_adam_step)(T *theta, T *m, T *v,
    const T *theta0, const T *m0, const T *v0, const T *g, long count, T rate, T epsilon,
    T keep_first, T take_first, T keep_second, T take_second, int moves) {
    if (moves) {
        INDEPENDENT
        for (long i = 0; i < count; i++) {
            T first = keep_first * m0[i] + take_first * g[i];
            T second = keep_second * v0[i] + take_second * (g[i] * g[i]);
            T start = theta0[i];
            m[i] = first;
            v[i] = second;
            theta[i] = start - rate * first / (ROOT(second) + epsilon);
        }
    } else {
        INDEPENDENT
        for (long i = 0; i < count; i++) {
            T first = keep_first * m0[i] + take_first * g[i];
            T second = keep_second * v0[i] + take_second * (g[i] * g[i]);
            m[i] = first;
            v[i] = second;
        }
    }
}

VECTORIZED void NAME(myotask_adam_pull)(const T *restrict lambda, T *restrict by_first,
    T *restrict by_second, T *restrict direction, const T *restrict m, const T *restrict v,
    const T *restrict g, long count, T rate, T epsilon, T keep_first, T take_first,
    T keep_second, T take_second) {
    T first_share = take_first / keep_first;
    T second_share = 2 * take_second / keep_second;
    for (long i = 0; i < count; i++) {
        T root = ROOT(keep_second * v[i] + take_second * (g[i] * g[i]));
        T push = rate * lambda[i] / (root + epsilon);
        T first = keep_first * (by_first[i] - push);
        T moment = keep_first * m[i] + take_first * g[i];
        T slope = push * moment / (2 * root * (root + epsilon));
        T second = keep_second * (by_second[i] + (root > 0 ? slope : 0));
        by_first[i] = first;
        by_second[i] = second;
        direction[i] = first_share * first + second_share * (g[i] * second);
    }
}

// base may be r itself.
VECTORIZED void NAME(myotask_axpy)(T *r, const T *base, T factor, const T *x, long count) {
    INDEPENDENT
    for (long i = 0; i < count; i++) r[i] = base[i] + factor * x[i];
}

VECTORIZED void NAME(myotask_scale)(
    T *restrict r, const T *restrict x, T factor, long count, int accumulates) {
    if (accumulates) {
        for (long i = 0; i < count; i++) r[i] += factor * x[i];
    } else {
        for (long i = 0; i < count; i++) r[i] = factor * x[i];
    }
}

VECTORIZED void NAME(myotask_multiply)(
    T *restrict r, const T *x, const T *y, long count, int accumulates) {
    if (accumulates) {
        for (long i = 0; i < count; i++) r[i] += x[i] * y[i];
    } else {
        for (long i = 0; i < count; i++) r[i] = x[i] * y[i];
    }
}

VECTORIZED void NAME(myotask_rectify)(T *r, const T *x, long count, int accumulates) {
    if (accumulates) {
        INDEPENDENT
        for (long i = 0; i < count; i++) r[i] += x[i] > 0 ? x[i] : 0;
    } else {
        INDEPENDENT
        for (long i = 0; i < count; i++) r[i] = x[i] > 0 ? x[i] : 0;
    }
}

VECTORIZED void NAME(myotask_gate)(
    T *r, const T *x, const T *gate, long count, int accumulates) {
    if (accumulates) {
        INDEPENDENT
        for (long i = 0; i < count; i++) {
            T value = x[i];
            r[i] += gate[i] > 0 ? value : 0;
        }
    } else {
        INDEPENDENT
        for (long i = 0; i < count; i++) {
            T value = x[i];
            r[i] = gate[i] > 0 ? value : 0;
        }
    }
}

VECTORIZED void NAME(myotask_repeat_row)(
    T *restrict r, const T *restrict x, long rows, long columns, int accumulates) {
    for (long row = 0; row < rows; row++, r += columns) {
        if (accumulates) {
            for (long i = 0; i < columns; i++) r[i] += x[i];
        } else {
            for (long i = 0; i < columns; i++) r[i] = x[i];
        }
    }
}

VECTORIZED void NAME(myotask_column_sums)(
    T *restrict r, const T *restrict x, long rows, long columns) {
    for (long row = 0; row < rows; row++, x += columns) {
        for (long i = 0; i < columns; i++) r[i] += x[i];
    }
}

typedef T NAME(eight) __attribute__((vector_size(8 * sizeof(T)), aligned(sizeof(T)), may_alias));

// An 8 × 8 square, exchanged in three rounds of neighbors at distances 1, 2 and 4.
INLINE void NAME(transpose_square)(
    T *r, long r_stride, const T *x, long x_stride, const int accumulates) {
    NAME(eight) a[8], b[8];
    UNROLL
    for (int i = 0; i < 8; i++) a[i] = *(const NAME(eight) *)(x + i * x_stride);
    UNROLL
    for (int i = 0; i < 8; i += 2) {
        b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    UNROLL
    for (int j = 0; j < 4; j++) {
        int i = j / 2 * 4 + j % 2;
        a[i] = __builtin_shufflevector(b[i], b[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
        a[i + 2] = __builtin_shufflevector(b[i], b[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
    UNROLL
    for (int i = 0; i < 4; i++) {
        b[i] = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        b[i + 4] = __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
    UNROLL
    for (int i = 0; i < 8; i++) {
        NAME(eight) *target = (NAME(eight) *)(r + i * r_stride);
        *target = accumulates ? *target + b[i] : b[i];
    }
}

// r[i, column, row] = x[i, row, column]
VECTORIZED void NAME(myotask_transpose)(T *restrict r, const T *restrict x, long count, long rows,
    long columns, int accumulates) {
    long whole_rows = rows / 8 * 8, whole_columns = columns / 8 * 8;
    if (!accumulates && whole_rows > 0 && whole_columns > 0) {
        // The last squares reach back over what is done already.
        for (long i = 0; i < count; i++, r += rows * columns, x += rows * columns) {
            for (long next = 0; next < rows; next += 8) {
                long row = next + 8 > rows ? rows - 8 : next;
                for (long further = 0; further < columns; further += 8) {
                    long column = further + 8 > columns ? columns - 8 : further;
                    NAME(transpose_square)(r + column * rows + row, rows,
                        x + row * columns + column, columns, 0);
                }
            }
        }
        return;
    }
    for (long i = 0; i < count; i++, r += rows * columns, x += rows * columns) {
        for (long row = 0; row < whole_rows; row += 8) {
            for (long column = 0; column < whole_columns; column += 8) {
                T *target = r + column * rows + row;
                const T *source = x + row * columns + column;
                if (accumulates) {
                    NAME(transpose_square)(target, rows, source, columns, 1);
                } else {
                    NAME(transpose_square)(target, rows, source, columns, 0);
                }
            }
        }
        for (long column = 0; column < columns; column++) {
            for (long row = column < whole_columns ? whole_rows : 0; row < rows; row++) {
                T value = x[row * columns + column];
                r[column * rows + row] = accumulates ? r[column * rows + row] + value : value;
            }
        }
    }
}
