// The recursion of a cascade of second-order sections. Like the loops in pairs.c and windows.c it
// is in C because Swift compiles a module for one instruction set, and here the loader picks among
// three. docs/decisions says why.

#include "sections.h"

#include <string.h>

#include "clones.h"

typedef double lanes __attribute__((vector_size(SECTION_LANES * sizeof(double)), aligned(8)));

enum { TILE = 64 };

#define STEP(k)                                       \
    output = b0_##k * input + first_##k;              \
    first_##k = b1_##k * input + second_##k;          \
    first_##k = first_##k - a1_##k * output;          \
    second_##k = b2_##k * input - a2_##k * output;    \
    input = output;

#define TAKE(k)                                                                  \
    const double b0_##k = c[5 * k], b1_##k = c[5 * k + 1], b2_##k = c[5 * k + 2], \
                 a1_##k = c[5 * k + 3], a2_##k = c[5 * k + 4];                   \
    lanes first_##k = d[2 * k], second_##k = d[2 * k + 1];

#define LEAVE(k)            \
    d[2 * k] = first_##k;   \
    d[2 * k + 1] = second_##k;

VECTOR_CLONES
void sections_run(
    double *rows, ptrdiff_t stride, size_t width, size_t count, const double *coefficients,
    size_t sections, double *delays, enum section_ending ending)
{
    lanes tile[TILE];
    const size_t bytes = width * sizeof(double);
    if (width < SECTION_LANES) memset(tile, 0, sizeof tile);
    while (count > 0) {
        const size_t length = count < TILE ? count : TILE;
        double *row = rows;
        if (width == SECTION_LANES) {
            for (size_t i = 0; i < length; i++, row += stride) tile[i] = *(const lanes *)row;
        } else {
            for (size_t i = 0; i < length; i++, row += stride)
                for (size_t lane = 0; lane < width; lane++)
                    tile[i][lane] = row[lane];
        }
        const double *c = coefficients;
        lanes *d = (lanes *)delays;
        size_t left = sections;
        // Several sections at once: one waits for its own last result, and the processor fills
        // that time with the others.
        for (; left >= 4; left -= 4, c += 20, d += 8) {
            TAKE(0) TAKE(1) TAKE(2) TAKE(3)
            for (size_t i = 0; i < length; i++) {
                lanes input = tile[i], output;
                STEP(0) STEP(1) STEP(2) STEP(3)
                tile[i] = input;
            }
            LEAVE(0) LEAVE(1) LEAVE(2) LEAVE(3)
        }
        for (; left >= 2; left -= 2, c += 10, d += 4) {
            TAKE(0) TAKE(1)
            for (size_t i = 0; i < length; i++) {
                lanes input = tile[i], output;
                STEP(0) STEP(1)
                tile[i] = input;
            }
            LEAVE(0) LEAVE(1)
        }
        if (left > 0) {
            TAKE(0)
            for (size_t i = 0; i < length; i++) {
                lanes input = tile[i], output;
                STEP(0)
                tile[i] = input;
            }
            LEAVE(0)
        }
        if (ending == SECTION_ENDING_MAGNITUDE)
            for (size_t i = 0; i < length; i++) tile[i] = __builtin_elementwise_abs(tile[i]);
        row = rows;
        if (width == SECTION_LANES) {
            for (size_t i = 0; i < length; i++, row += stride) *(lanes *)row = tile[i];
        } else {
            for (size_t i = 0; i < length; i++, row += stride) memcpy(row, &tile[i], bytes);
        }
        rows += stride * (ptrdiff_t)length;
        count -= length;
    }
}
