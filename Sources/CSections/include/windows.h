#pragma once
#include <stddef.h>

// Loops over the samples of one window, for features.

/// The products that the first order of Burg's recursion needs: the sum of forward[i] *
/// backward[i] and the sum of the squares of both.
void burg_sums(
    const double *forward, const double *backward, size_t count, double *product, double *energy);

/// One order of Burg's recursion: forward and backward errors of `count` positions become those of
/// `count - 1`, and the same sums of them.
void burg_step(
    double *forward, double *backward, size_t count, double reflection, double *product,
    double *energy);

/// The squared magnitudes of complex numbers times a scale, their sum, and the sum of each times
/// its index.
void power_sums(
    const double *spectrum, size_t count, double scale, double *power, double *total,
    double *weighted);
