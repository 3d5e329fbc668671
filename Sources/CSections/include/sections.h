#pragma once
#include <stddef.h>

// The loop of the recursive engine.

/// Lanes of one group: channels that run side by side.
enum { SECTION_LANES = 8 };

/// What is done to a sample when it has passed a cascade.
enum section_ending { SECTION_ENDING_NONE = 0, SECTION_ENDING_MAGNITUDE = 1 };

/// Runs `count` samples of up to SECTION_LANES neighboring channels through a cascade, in place.
///
/// Transposed direct form II. The arithmetic of a lane does not depend on its neighbors, on where
/// a signal is cut into calls, nor on `count`.
///
/// rows: the first channel's first sample; the next sample is `stride` numbers on (negative: back).
/// width: channels, from 1 to SECTION_LANES.
/// coefficients: `sections` times b0, b1, b2, a1, a2.
/// delays: `sections` times two vectors of SECTION_LANES numbers; read and left for the next call.
void sections_run(
    double *rows, ptrdiff_t stride, size_t width, size_t count, const double *coefficients,
    size_t sections, double *delays, enum section_ending ending);
