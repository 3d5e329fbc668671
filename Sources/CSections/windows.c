// Loops over the samples of one window, compiled for several instruction sets.

#include "windows.h"

#include "clones.h"

typedef double octet __attribute__((vector_size(8 * sizeof(double)), aligned(8)));

// Not a function: vectors are passed differently by each instruction set.
#define SUM_OF(lanes)                                                                  \
    (((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +                                 \
     ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7])))

VECTOR_CLONES
void burg_sums(
    const double *forward, const double *backward, size_t count, double *product, double *energy)
{
    octet products = {0}, energies = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const octet f = *(const octet *)(forward + i), b = *(const octet *)(backward + i);
        products += f * b;
        energies += f * f + b * b;
    }
    double rest = 0, restEnergy = 0;
    for (; i < count; i++) {
        rest += forward[i] * backward[i];
        restEnergy += forward[i] * forward[i] + backward[i] * backward[i];
    }
    *product = SUM_OF(products) + rest;
    *energy = SUM_OF(energies) + restEnergy;
}

VECTOR_CLONES
void burg_step(
    double *forward, double *backward, size_t count, double reflection, double *product,
    double *energy)
{
    octet products = {0}, energies = {0};
    const size_t left = count > 0 ? count - 1 : 0;
    size_t i = 0;
    for (; i + 8 <= left; i += 8) {
        const octet f = *(const octet *)(forward + i), b = *(const octet *)(backward + i);
        const octet next = *(const octet *)(forward + i + 1),
                    nextBack = *(const octet *)(backward + i + 1);
        const octet newForward = next + reflection * nextBack, newBackward = b + reflection * f;
        *(octet *)(forward + i) = newForward;
        *(octet *)(backward + i) = newBackward;
        products += newForward * newBackward;
        energies += newForward * newForward + newBackward * newBackward;
    }
    double rest = 0, restEnergy = 0;
    for (; i < left; i++) {
        const double newForward = forward[i + 1] + reflection * backward[i + 1];
        const double newBackward = backward[i] + reflection * forward[i];
        forward[i] = newForward;
        backward[i] = newBackward;
        rest += newForward * newBackward;
        restEnergy += newForward * newForward + newBackward * newBackward;
    }
    *product = SUM_OF(products) + rest;
    *energy = SUM_OF(energies) + restEnergy;
}

VECTOR_CLONES
void power_sums(
    const double *spectrum, size_t count, double scale, double *power, double *total,
    double *weighted)
{
    octet totals = {0}, weights = {0}, index = {0, 1, 2, 3, 4, 5, 6, 7};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const octet low = *(const octet *)(spectrum + 2 * i),
                    high = *(const octet *)(spectrum + 2 * i + 8);
        const octet real = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14),
                    imaginary = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
        const octet value = (real * real + imaginary * imaginary) * scale;
        *(octet *)(power + i) = value;
        totals += value;
        weights += value * index;
        index += 8;
    }
    double rest = 0, restWeighted = 0;
    for (; i < count; i++) {
        const double real = spectrum[2 * i], imaginary = spectrum[2 * i + 1];
        const double value = (real * real + imaginary * imaginary) * scale;
        power[i] = value;
        rest += value;
        restWeighted += value * (double)i;
    }
    *total = SUM_OF(totals) + rest;
    *weighted = SUM_OF(weights) + restWeighted;
}
