// Included once for each element type, after vector.h.

// The first `count` lanes at p; all of them when count is larger.
INLINE void NAME(load)(NAME(vector) *v, const T *p, long count) {
    if (count >= LANES) {
        *v = CONSTANT_VECTOR_AT(p);
    } else {
        __builtin_memcpy(v, p, (unsigned long)count * sizeof(T));
    }
}

INLINE void NAME(store)(T *p, const NAME(vector) *v, long count) {
    if (count >= LANES) {
        VECTOR_AT(p) = *v;
    } else {
        __builtin_memcpy(p, v, (unsigned long)count * sizeof(T));
    }
}

// `rows` rows by `vectors` vectors of columns of a product whose left rows lie x_stride apart and
// may overlap; the right matrix is a panel of `vectors` vectors a row. All sums stay in registers; they
// start from the bias when there is one.
INLINE void NAME(tile)(T *r, long r_stride, const T *x, long x_stride, const T *panel, long inner,
    const int rows, const int vectors, long columns, const T *bias, int accumulates) {
    NAME(vector) sums[ROWS][2];
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int q = 0; q < vectors; q++) {
            sums[i][q] = (NAME(vector)){0};
            if (bias) {
                NAME(load)(&sums[i][q], bias + q * LANES, columns - q * LANES);
            } else if (accumulates) {
                NAME(load)(&sums[i][q], r + i * r_stride + q * LANES, columns - q * LANES);
            }
        }
    }
    // Three rows to a pointer: more pointers would not fit the processor's registers.
    const T *x0 = x, *x3 = x + 3 * x_stride, *x6 = x + 6 * x_stride, *x9 = x + 9 * x_stride;
    for (long p = 0; p < inner; p++) {
        NAME(vector) w[2];
        UNROLL
        for (int q = 0; q < vectors; q++) {
            w[q] = CONSTANT_VECTOR_AT(panel + q * LANES);
        }
        UNROLL
        for (int i = 0; i < rows; i++) {
            const T *base = i < 3 ? x0 : i < 6 ? x3 : i < 9 ? x6 : x9;
            T value = base[i % 3 * x_stride];
            UNROLL
            for (int q = 0; q < vectors; q++) sums[i][q] += value * w[q];
        }
        panel += vectors * LANES;
        x0++, x3++, x6++, x9++;
    }
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int q = 0; q < vectors; q++) {
            NAME(store)(r + i * r_stride + q * LANES, &sums[i][q], columns - q * LANES);
        }
    }
}

// `rows` filters by `vectors` vectors of a kernel's gradient, summed over all places of all images.
INLINE void NAME(gradient_tile)(T *r, long r_stride, const T *g, long filters, const T *x,
    long channels, long images, long image_stride, long places, const int rows, const int vectors,
    long skipped, int accumulates) {
    NAME(vector) sums[ROWS][3];
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int q = 0; q < vectors; q++) sums[i][q] = (NAME(vector)){0};
    }
    for (long image = 0; image < images; image++) {
        const T *window = x + image * image_stride;
        for (long place = 0; place < places; place++) {
            NAME(vector) seen[3];
            UNROLL
            for (int q = 0; q < vectors; q++) seen[q] = CONSTANT_VECTOR_AT(window + q * LANES);
            UNROLL
            for (int i = 0; i < rows; i++) {
                UNROLL
                for (int q = 0; q < vectors; q++) sums[i][q] += g[i] * seen[q];
            }
            window += channels;
            g += filters;
        }
    }
    UNROLL
    for (int i = 0; i < rows; i++) {
        UNROLL
        for (int q = 0; q < vectors; q++) {
            T lanes[LANES];
            __builtin_memcpy(lanes, &sums[i][q], sizeof lanes);
            T *target = r + i * r_stride + q * LANES;
            for (long lane = skipped; lane < LANES; lane++) {
                target[lane] = accumulates ? target[lane] + lanes[lane] : lanes[lane];
            }
        }
    }
}

#define FOR_ROWS(rows, CALL) \
    switch (rows) { \
        case 1: CALL(1); break; case 2: CALL(2); break; case 3: CALL(3); break; \
        case 4: CALL(4); break; case 5: CALL(5); break; case 6: CALL(6); break; \
        case 7: CALL(7); break; case 8: CALL(8); break; case 9: CALL(9); break; \
        case 10: CALL(10); break; case 11: CALL(11); break; default: CALL(12); break; \
    }

INLINE void NAME(tiles)(T *r, long r_stride, const T *x, long x_stride, const T *panel, long inner,
    long rows, long vectors, long columns, const T *bias, int accumulates) {
#define ONE(n) NAME(tile)(r, r_stride, x, x_stride, panel, inner, n, 1, columns, bias, accumulates)
#define TWO(n) NAME(tile)(r, r_stride, x, x_stride, panel, inner, n, 2, columns, bias, accumulates)
    if (vectors == 1) {
        FOR_ROWS(rows, ONE)
    } else {
        FOR_ROWS(rows, TWO)
    }
#undef ONE
#undef TWO
}

// r[image, place, filter] = bias[filter] + Σ_p x[image, place · channels + p] weights[filter, p]
VECTORIZED void NAME(myotask_correlate)(T *r, const T *x, const T *weights, const T *bias,
    long images, long length, long channels, long kernel, long filters, int accumulates) {
    T panel[INNER * 2 * LANES] __attribute__((aligned(64)));
    long places = length - kernel + 1, width = kernel * channels;
    long blocks = (places + ROWS - 1) / ROWS, height = (places + blocks - 1) / blocks;
    for (long f = 0; f < filters; f += 2 * LANES) {
        long columns = filters - f < 2 * LANES ? filters - f : 2 * LANES;
        long vectors = columns > LANES ? 2 : 1;
        for (long first = 0; first < width; first += INNER) {
            long inner = width - first < INNER ? width - first : INNER;
            for (long p = 0; p < inner; p++) {
                for (long c = 0; c < vectors * LANES; c++) {
                    panel[p * vectors * LANES + c] =
                        c < columns ? weights[(f + c) * width + first + p] : 0;
                }
            }
            for (long image = 0; image < images; image++) {
                for (long place = 0; place < places; place += height) {
                    long rows = places - place < height ? places - place : height;
                    NAME(tiles)(r + (image * places + place) * filters + f, filters,
                        x + (image * length + place) * channels + first, channels, panel, inner,
                        rows, vectors, columns, bias && first == 0 ? bias + f : (const T *)0,
                        accumulates || first > 0);
                }
            }
        }
    }
}

// r[image, sample, channel] = Σ_k Σ_f g[image, sample − k, f] weights[f, k · channels + channel]
VECTORIZED void NAME(myotask_correlate_input)(T *r, const T *g, const T *weights, long images,
    long length, long channels, long kernel, long filters, int accumulates) {
    T panel[INNER * 2 * LANES] __attribute__((aligned(64)));
    T border[MYOTASK_CORRELATION_BORDER] __attribute__((aligned(64)));
    long places = length - kernel + 1, width = kernel * filters;
    long blocks = (length + ROWS - 1) / ROWS, height = (length + blocks - 1) / blocks;
    for (long c = 0; c < channels; c += 2 * LANES) {
        long columns = channels - c < 2 * LANES ? channels - c : 2 * LANES;
        long vectors = columns > LANES ? 2 : 1;
        for (long first = 0; first < width; first += INNER) {
            long inner = width - first < INNER ? width - first : INNER;
            for (long p = 0; p < inner; p++) {
                long back = (first + p) / filters, f = (first + p) % filters;
                const T *row = weights + (f * kernel + kernel - 1 - back) * channels + c;
                for (long lane = 0; lane < vectors * LANES; lane++) {
                    panel[p * vectors * LANES + lane] = lane < columns ? row[lane] : 0;
                }
            }
            for (long image = 0; image < images; image++) {
                const T *all = g + image * places * filters;
                for (long sample = 0; sample < length; sample += height) {
                    long rows = length - sample < height ? length - sample : height;
                    long from = sample - (kernel - 1), to = sample + rows;
                    const T *seen = all + from * filters;
                    if (from < 0 || to > places) {
                        // Past the ends there is nothing.
                        for (long place = from; place < to; place++) {
                            T *target = border + (place - from) * filters;
                            if (place < 0 || place >= places) {
                                __builtin_memset(target, 0, (unsigned long)filters * sizeof(T));
                            } else {
                                __builtin_memcpy(target, all + place * filters,
                                    (unsigned long)filters * sizeof(T));
                            }
                        }
                        seen = border;
                    }
                    NAME(tiles)(r + (image * length + sample) * channels + c, channels,
                        seen + first, filters, panel, inner, rows, vectors, columns,
                        (const T *)0, accumulates || first > 0);
                }
            }
        }
    }
}

// r[filter, p] = Σ_image Σ_place g[image, place, filter] x[image, place · channels + p]
VECTORIZED void NAME(myotask_correlate_kernel)(T *r, const T *x, const T *g, long images,
    long length, long channels, long kernel, long filters, int accumulates) {
    long places = length - kernel + 1, width = kernel * channels;
    long next = 0;
    while (next < width) {
        long left = width - next, vectors = left >= 3 * LANES ? 3 : left >= 2 * LANES ? 2 : 1;
        // The last vector reaches back over what is done already.
        long at = left < LANES ? width - LANES : next, skipped = next - at;
        // As many sums as there are registers for.
        long most = vectors == 3 ? 8 : ROWS;
        long blocks = (filters + most - 1) / most, height = (filters + blocks - 1) / blocks;
        for (long f = 0; f < filters; f += height) {
            long rows = filters - f < height ? filters - f : height;
            T *target = r + f * width + at;
#define GRADIENT(n, v) \
    NAME(gradient_tile)(target, width, g + f, filters, x + at, channels, images, \
        length * channels, places, n, v, skipped, accumulates)
#define ONE(n) GRADIENT(n, 1)
#define TWO(n) GRADIENT(n, 2)
#define THREE(n) GRADIENT(n, 3)
            if (vectors == 3) {
                FOR_ROWS(rows, THREE)
            } else if (vectors == 2) {
                FOR_ROWS(rows, TWO)
            } else {
                FOR_ROWS(rows, ONE)
            }
#undef ONE
#undef TWO
#undef THREE
#undef GRADIENT
        }
        next = at + vectors * LANES;
    }
}

#undef FOR_ROWS
