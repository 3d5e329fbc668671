// Loops over pairs for one type of number: NUMBER, and NAME() that makes names of its own.
// Included by pairs.c once a type.

typedef NUMBER NAME(octet) __attribute__((vector_size(8 * sizeof(NUMBER)), aligned(sizeof(NUMBER))));
typedef NUMBER NAME(quartet) __attribute__((vector_size(4 * sizeof(NUMBER)), aligned(sizeof(NUMBER))));
typedef NUMBER NAME(couple) __attribute__((vector_size(2 * sizeof(NUMBER)), aligned(sizeof(NUMBER))));

VECTOR_CLONES
void NAME(pairs_scale)(NUMBER *spectrum, size_t length, const NUMBER *gains)
{
    const size_t half = length / 2;
    size_t bin = 0;
    for (; bin + 4 <= half; bin += 4) {
        const NAME(quartet) gain = *(const NAME(quartet) *)(gains + bin);
        *(NAME(octet) *)(spectrum + 2 * bin) *=
            __builtin_shufflevector(gain, gain, 0, 0, 1, 1, 2, 2, 3, 3);
    }
    for (; bin <= half && bin < length; bin++) {
        spectrum[2 * bin] *= gains[bin];
        spectrum[2 * bin + 1] *= gains[bin];
    }
    for (; bin + 4 <= length; bin += 4) {
        const NAME(quartet) gain = *(const NAME(quartet) *)(gains + (length - bin - 3));
        *(NAME(octet) *)(spectrum + 2 * bin) *=
            __builtin_shufflevector(gain, gain, 3, 3, 2, 2, 1, 1, 0, 0);
    }
    for (; bin < length; bin++) {
        spectrum[2 * bin] *= gains[length - bin];
        spectrum[2 * bin + 1] *= gains[length - bin];
    }
}

VECTOR_CLONES
void NAME(pairs_add)(
    const NUMBER *from, NUMBER *to, size_t count, NUMBER first, NUMBER second,
    bool takes_magnitude)
{
    const NAME(octet) sum = {first, second, first, second, first, second, first, second};
    size_t i = 0;
    if (takes_magnitude) {
        for (; i + 4 <= count; i += 4)
            *(NAME(octet) *)(to + 2 * i) =
                __builtin_elementwise_abs(*(const NAME(octet) *)(from + 2 * i) + sum);
        for (; i < count; i++) {
            to[2 * i] = __builtin_elementwise_abs(from[2 * i] + first);
            to[2 * i + 1] = __builtin_elementwise_abs(from[2 * i + 1] + second);
        }
        return;
    }
    for (; i + 4 <= count; i += 4)
        *(NAME(octet) *)(to + 2 * i) = *(const NAME(octet) *)(from + 2 * i) + sum;
    for (; i < count; i++) {
        to[2 * i] = from[2 * i] + first;
        to[2 * i + 1] = from[2 * i + 1] + second;
    }
}

VECTOR_CLONES
void NAME(pairs_decimate)(
    const NUMBER *from, NUMBER *to, size_t count, size_t factor, const NUMBER *weights,
    size_t taps)
{
    size_t i = 0;
    // Four results at once share the weights and wait for one another's sums less.
    const size_t step = 2 * factor;
    for (; i + 4 <= count; i += 4) {
        const NUMBER *one = from + step * i, *two = one + step, *three = two + step,
                     *four = three + step;
        NAME(octet) a = {0}, b = {0}, c = {0}, d = {0};
        for (size_t tap = 0; tap < taps; tap += 8) {
            const NAME(octet) weight = *(const NAME(octet) *)(weights + tap);
            a += weight * *(const NAME(octet) *)(one + tap);
            b += weight * *(const NAME(octet) *)(two + tap);
            c += weight * *(const NAME(octet) *)(three + tap);
            d += weight * *(const NAME(octet) *)(four + tap);
        }
        const NAME(octet) sums[4] = {a, b, c, d};
        for (size_t k = 0; k < 4; k++) {
            to[2 * (i + k)] = (sums[k][0] + sums[k][2]) + (sums[k][4] + sums[k][6]);
            to[2 * (i + k) + 1] = (sums[k][1] + sums[k][3]) + (sums[k][5] + sums[k][7]);
        }
    }
    for (; i < count; i++) {
        const NUMBER *one = from + step * i;
        NAME(octet) a = {0};
        for (size_t tap = 0; tap < taps; tap += 8)
            a += *(const NAME(octet) *)(weights + tap) * *(const NAME(octet) *)(one + tap);
        to[2 * i] = (a[0] + a[2]) + (a[4] + a[6]);
        to[2 * i + 1] = (a[1] + a[3]) + (a[5] + a[7]);
    }
}

VECTOR_CLONES
void NAME(pairs_interpolate)(
    const NUMBER *from, NUMBER *to, size_t count, size_t factor, const NUMBER *weights,
    size_t width)
{
    const size_t row = 2 * factor;
    for (size_t part = 0; part < row; part += 8) {
        size_t i = 0;
        for (; i + 4 <= count; i += 4) {
            NAME(octet) a = {0}, b = {0}, c = {0}, d = {0};
            const NUMBER *source = from + 2 * i;
            for (size_t k = 0; k < width; k++) {
                const NAME(octet) weight = *(const NAME(octet) *)(weights + row * k + part);
#define SPREAD(index)                                                                     \
    __builtin_shufflevector(                                                              \
        *(const NAME(couple) *)(source + 2 * (k + index)),                                \
        *(const NAME(couple) *)(source + 2 * (k + index)), 0, 1, 0, 1, 0, 1, 0, 1)
                a += weight * SPREAD(0);
                b += weight * SPREAD(1);
                c += weight * SPREAD(2);
                d += weight * SPREAD(3);
            }
            *(NAME(octet) *)(to + row * i + part) = a;
            *(NAME(octet) *)(to + row * (i + 1) + part) = b;
            *(NAME(octet) *)(to + row * (i + 2) + part) = c;
            *(NAME(octet) *)(to + row * (i + 3) + part) = d;
        }
        for (; i < count; i++) {
            NAME(octet) a = {0};
            const NUMBER *source = from + 2 * i;
            for (size_t k = 0; k < width; k++)
                a += *(const NAME(octet) *)(weights + row * k + part) * SPREAD(0);
            *(NAME(octet) *)(to + row * i + part) = a;
        }
#undef SPREAD
    }
}

VECTOR_CLONES
bool NAME(numbers_finite)(const NUMBER *numbers, size_t count)
{
    // Zero times a number is zero, but for infinities and not-a-numbers.
    NAME(octet) a = {0}, b = {0}, c = {0}, d = {0};
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        a += *(const NAME(octet) *)(numbers + i) * 0;
        b += *(const NAME(octet) *)(numbers + i + 8) * 0;
        c += *(const NAME(octet) *)(numbers + i + 16) * 0;
        d += *(const NAME(octet) *)(numbers + i + 24) * 0;
    }
    NUMBER rest = 0;
    for (; i < count; i++) rest += numbers[i] * 0;
    const NAME(octet) sums = (a + b) + (c + d);
    for (size_t k = 0; k < 8; k++) rest += sums[k];
    return rest == 0;
}
