// The loops of the spectral engine beside its transforms, compiled for several instruction sets.

#include "pairs.h"

#include <string.h>

#include "clones.h"

#define NUMBER double
#define NAME(name) name##_d
#include "pair_loops.h"
#undef NUMBER
#undef NAME

#define NUMBER float
#define NAME(name) name##_f
#include "pair_loops.h"
#undef NUMBER
#undef NAME

// Four pairs at once where a group has its full width: a line of the cache in, four streams out.
#define DEFINE_ROW_LOOPS(stored, number, suffix)                                                 \
    typedef stored stored_row_##suffix __attribute__((vector_size(8 * sizeof(stored)), aligned(sizeof(stored)))); \
    typedef number number_row_##suffix __attribute__((vector_size(8 * sizeof(number)), aligned(sizeof(number)))); \
    typedef number pair_##suffix __attribute__((vector_size(2 * sizeof(number)), aligned(sizeof(number)))); \
    VECTOR_CLONES                                                                                \
    void pairs_load_##suffix(                                                                    \
        const stored *rows, ptrdiff_t stride, size_t width, size_t count, number *lanes,         \
        ptrdiff_t lane_stride)                                                                   \
    {                                                                                            \
        if (width == 8) {                                                                        \
            number *one = lanes, *two = one + lane_stride, *three = two + lane_stride,           \
                   *four = three + lane_stride;                                                  \
            for (size_t i = 0; i < count; i++, rows += stride) {                                 \
                const number_row_##suffix row = __builtin_convertvector(                         \
                    *(const stored_row_##suffix *)rows, number_row_##suffix);                    \
                *(pair_##suffix *)(one + 2 * i) = __builtin_shufflevector(row, row, 0, 1);       \
                *(pair_##suffix *)(two + 2 * i) = __builtin_shufflevector(row, row, 2, 3);       \
                *(pair_##suffix *)(three + 2 * i) = __builtin_shufflevector(row, row, 4, 5);     \
                *(pair_##suffix *)(four + 2 * i) = __builtin_shufflevector(row, row, 6, 7);      \
            }                                                                                    \
            return;                                                                              \
        }                                                                                        \
        for (size_t first = 0; first < width; first += 2, lanes += lane_stride) {                \
            const stored *row = rows + first;                                                    \
            if (first + 1 < width) {                                                             \
                for (size_t i = 0; i < count; i++, row += stride) {                              \
                    lanes[2 * i] = (number)row[0];                                               \
                    lanes[2 * i + 1] = (number)row[1];                                           \
                }                                                                                \
            } else {                                                                             \
                for (size_t i = 0; i < count; i++, row += stride) {                              \
                    lanes[2 * i] = (number)row[0];                                               \
                    lanes[2 * i + 1] = 0;                                                        \
                }                                                                                \
            }                                                                                    \
        }                                                                                        \
    }                                                                                            \
    VECTOR_CLONES                                                                                \
    void pairs_store_##suffix(                                                                   \
        stored *rows, ptrdiff_t stride, size_t width, size_t count, const number *lanes,         \
        ptrdiff_t lane_stride)                                                                   \
    {                                                                                            \
        if (width == 8) {                                                                        \
            const number *one = lanes, *two = one + lane_stride, *three = two + lane_stride,     \
                         *four = three + lane_stride;                                            \
            for (size_t i = 0; i < count; i++, rows += stride) {                                 \
                const number row[8] = {one[2 * i],   one[2 * i + 1],   two[2 * i],               \
                                       two[2 * i + 1], three[2 * i],   three[2 * i + 1],         \
                                       four[2 * i],  four[2 * i + 1]};                           \
                *(stored_row_##suffix *)rows = __builtin_convertvector(                          \
                    *(const number_row_##suffix *)row, stored_row_##suffix);                     \
            }                                                                                    \
            return;                                                                              \
        }                                                                                        \
        for (size_t first = 0; first < width; first += 2, lanes += lane_stride) {                \
            stored *row = rows + first;                                                          \
            const bool is_whole = first + 1 < width;                                             \
            for (size_t i = 0; i < count; i++, row += stride) {                                  \
                row[0] = (stored)lanes[2 * i];                                                   \
                if (is_whole) row[1] = (stored)lanes[2 * i + 1];                                 \
            }                                                                                    \
        }                                                                                        \
    }

DEFINE_ROW_LOOPS(double, double, dd)
DEFINE_ROW_LOOPS(double, float, df)
DEFINE_ROW_LOOPS(float, double, fd)
DEFINE_ROW_LOOPS(float, float, ff)
