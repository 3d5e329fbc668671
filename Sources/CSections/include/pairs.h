#pragma once
#include <stdbool.h>
#include <stddef.h>

// Loops of the spectral engine. Two channels travel as real and imaginary part of one complex
// signal, a "pair"; numbers are counted singly, pairs are two of them.

#define DECLARE_PAIR_LOOPS(number, suffix)                                                      \
    /* Multiplies the bins 0..<length of a spectrum by gains of the bins 0...length / 2, which  \
       those above mirror. */                                                                   \
    void pairs_scale_##suffix(number *spectrum, size_t length, const number *gains);            \
    /* Copies pairs plus a constant pair, and takes the magnitude of each number if asked. */   \
    void pairs_add_##suffix(                                                                    \
        const number *from, number *to, size_t count, number first, number second,              \
        bool takes_magnitude);                                                                  \
    /* Sums of `taps` numbers, a multiple of 8, times the numbers at and after every            \
       `factor`th pair: one pair each. */                                                       \
    void pairs_decimate_##suffix(                                                               \
        const number *from, number *to, size_t count, size_t factor, const number *weights,     \
        size_t taps);                                                                           \
    /* For each of `count` pairs, `factor` pairs (a multiple of 4): the sum over it and the      \
       `width - 1` after it, each times 2 * factor weights of its own. */                       \
    void pairs_interpolate_##suffix(                                                            \
        const number *from, number *to, size_t count, size_t factor, const number *weights,     \
        size_t width);                                                                          \
    /* Whether no number is infinite or not a number. */                                        \
    bool numbers_finite_##suffix(const number *numbers, size_t count);

DECLARE_PAIR_LOOPS(double, d)
DECLARE_PAIR_LOOPS(float, f)

#define DECLARE_ROW_LOOPS(stored, number, suffix)                                               \
    /* Copies `width` neighboring channels of `count` rows into pairs, `lane_stride` numbers    \
       from those of two channels to those of the next two; a channel without a second one has  \
       zeros there. */                                                                          \
    void pairs_load_##suffix(                                                                   \
        const stored *rows, ptrdiff_t stride, size_t width, size_t count, number *lanes,        \
        ptrdiff_t lane_stride);                                                                 \
    /* Copies them back. */                                                                     \
    void pairs_store_##suffix(                                                                  \
        stored *rows, ptrdiff_t stride, size_t width, size_t count, const number *lanes,        \
        ptrdiff_t lane_stride);

DECLARE_ROW_LOOPS(double, double, dd)
DECLARE_ROW_LOOPS(double, float, df)
DECLARE_ROW_LOOPS(float, double, fd)
DECLARE_ROW_LOOPS(float, float, ff)

#undef DECLARE_PAIR_LOOPS
#undef DECLARE_ROW_LOOPS
