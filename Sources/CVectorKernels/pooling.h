// Included once for each element type: T is the type, NAME(x) gives a function its suffix.

// Channels that are worked on together: the loops over them have a fixed length.
#define CHANNELS 64

// For each place and channel of the output which pixel of its patch holds the largest number, the first
// one of several; `at` says by its position in the patch.
INLINE void NAME(largest)(unsigned char *at, T *largest, const T *x, long row_stride, long channels,
    long height, long width, long count) {
    for (long c = 0; c < count; c++) {
        largest[c] = x[c];
        at[c] = 0;
    }
    for (long i = 0; i < height; i++) {
        for (long j = i == 0 ? 1 : 0; j < width; j++) {
            const T *pixel = x + i * row_stride + j * channels;
            unsigned char place = (unsigned char)(i * width + j);
            for (long c = 0; c < count; c++) {
                // What is not a number is passed on.
                int is_larger = (pixel[c] > largest[c]) | (pixel[c] != pixel[c]);
                largest[c] = is_larger ? pixel[c] : largest[c];
                at[c] = is_larger ? place : at[c];
            }
        }
    }
}

// For each patch and up to CHANNELS of its channels: finds the largest numbers, whose images lie from `from`
// on, and does BODY for each channel, with `place` where its largest number stands. `patch` goes from patch
// to patch.
#define FOR_LARGEST(patch, BODY) \
    unsigned char at[CHANNELS]; \
    T largest[CHANNELS]; \
    for (long image = 0; image < images; image++) { \
        for (long row = 0; row < rows; row++) { \
            for (long column = 0; column < columns; column++, patch += channels) { \
                long from = \
                    ((image * height + row * stride) * width + column * stride) * channels; \
                for (long c = 0; c < channels; c += CHANNELS) { \
                    long count = channels - c < CHANNELS ? channels - c : CHANNELS; \
                    NAME(largest)(at, largest, x + from + c, width * channels, channels, \
                        kernel_height, kernel_width, count); \
                    for (long i = 0; i < count; i++) { \
                        long y = at[i] / kernel_width, z = at[i] % kernel_width; \
                        long place = from + c + i + (y * width + z) * channels; \
                        BODY \
                    } \
                } \
            } \
        } \
    }

// The largest number of each patch when `values` is null, else what `values` holds at its place.
VECTORIZED void NAME(myotask_max_pool)(T *r, const T *x, const T *values, long images, long height,
    long width, long channels, long kernel_height, long kernel_width, long stride, long rows,
    long columns, int accumulates) {
    const T *seen = values ? values : x;
    FOR_LARGEST(r, r[c + i] = accumulates ? r[c + i] + seen[place] : seen[place];)
}

// Adds what is given for each patch to where the patch's largest number is.
VECTORIZED void NAME(myotask_max_pool_spread)(T *r, const T *x, const T *given, long images,
    long height, long width, long channels, long kernel_height, long kernel_width, long stride,
    long rows, long columns) {
    FOR_LARGEST(given, r[place] += given[c + i];)
}

#undef FOR_LARGEST
#undef CHANNELS
