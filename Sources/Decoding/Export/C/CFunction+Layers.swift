extension CFunction {
    /// Layers of networks.
    var layerText: String {
        switch self {
        case .dot:
            """
            /* Four sums side by side: fewer rounding errors, and no addition waits for the last. */
            static float myotask_dot(const float *a, const float *b, size_t count)
            {
                float s0 = 0.0f, s1 = 0.0f, s2 = 0.0f, s3 = 0.0f;
                for (; count >= 4; count -= 4, a += 4, b += 4) {
                    s0 += a[0] * b[0];
                    s1 += a[1] * b[1];
                    s2 += a[2] * b[2];
                    s3 += a[3] * b[3];
                }
                for (; count > 0; count--) s0 += *a++ * *b++;
                return (s0 + s1) + (s2 + s3);
            }
            """
        case .linear:
            """
            static void myotask_linear(
                const float *x, const float *weights, const float *bias, float *y, size_t rows,
                size_t inputs, size_t outputs)
            {
                size_t row, output;
                for (row = 0; row < rows; row++)
                    for (output = 0; output < outputs; output++)
                        *y++ = bias[output]
                            + myotask_dot(x + row * inputs, weights + output * inputs, inputs);
            }
            """
        case .imageLayout:
            """
            /* Images have their channels last; a signal is an image of height 1. */
            struct myotask_layout {
                ptrdiff_t images, height, width, channels, kernel_height, kernel_width, dilation, stride,
                    above, left, output_height, output_width;
            };
            """
        case .convolution:
            """
            static void myotask_convolution(
                const float *x, const float *kernels, const float *bias, float *y, ptrdiff_t filters,
                const struct myotask_layout *l)
            {
                /* Without dilation a row of a kernel lies as a row of the image does. */
                const ptrdiff_t together = l->dilation == 1 ? l->kernel_width : 1;
                ptrdiff_t image, row, column, filter, i, j;
                for (image = 0; image < l->images; image++)
                for (row = 0; row < l->output_height; row++)
                for (column = 0; column < l->output_width; column++)
                for (filter = 0; filter < filters; filter++) {
                    const float *kernel =
                        kernels + filter * l->kernel_height * l->kernel_width * l->channels;
                    float sum = bias[filter];
                    for (i = 0; i < l->kernel_height; i++) {
                        const ptrdiff_t place = row * l->stride + i * l->dilation - l->above;
                        if (place < 0 || place >= l->height) continue;
                        for (j = 0; j < l->kernel_width; j += together) {
                            const ptrdiff_t left = column * l->stride + j * l->dilation - l->left;
                            const ptrdiff_t first = left < 0 ? 0 : left;
                            const ptrdiff_t last =
                                left + together < l->width ? left + together : l->width;
                            if (first >= last) continue;
                            sum += myotask_dot(
                                x + ((image * l->height + place) * l->width + first) * l->channels,
                                kernel
                                    + (i * l->kernel_width + j + first - left) * l->channels,
                                (size_t)((last - first) * l->channels));
                        }
                    }
                    *y++ = sum;
                }
            }
            """
        case .patches:
            """
            static void myotask_patches(const float *x, float *y, const struct myotask_layout *l)
            {
                ptrdiff_t image, row, column, i, j, channel;
                for (image = 0; image < l->images; image++)
                for (row = 0; row < l->output_height; row++)
                for (column = 0; column < l->output_width; column++)
                for (i = 0; i < l->kernel_height; i++)
                for (j = 0; j < l->kernel_width; j++) {
                    const ptrdiff_t below = row * l->stride + i * l->dilation - l->above;
                    const ptrdiff_t right = column * l->stride + j * l->dilation - l->left;
                    const int is_inside =
                        below >= 0 && below < l->height && right >= 0 && right < l->width;
                    const ptrdiff_t place =
                        ((image * l->height + below) * l->width + right) * l->channels;
                    for (channel = 0; channel < l->channels; channel++)
                        *y++ = is_inside ? x[place + channel] : 0.0f;
                }
            }
            """
        case .products:
            """
            /* Products of matrices; steps say how far apart rows, columns and matrices are. */
            static void myotask_products(
                const float *a, const size_t a_steps[3], const float *b, const size_t b_steps[3],
                float *y, size_t count, size_t rows, size_t inner, size_t columns)
            {
                size_t matrix, row, column, i;
                for (matrix = 0; matrix < count; matrix++)
                    for (row = 0; row < rows; row++)
                        for (column = 0; column < columns; column++) {
                            const float *left = a + matrix * a_steps[0] + row * a_steps[1];
                            const float *right = b + matrix * b_steps[0] + column * b_steps[2];
                            float sum = 0.0f;
                            for (i = 0; i < inner; i++)
                                sum += left[i * a_steps[2]] * right[i * b_steps[1]];
                            *y++ = sum;
                        }
            }
            """
        case .softmax:
            """
            static void myotask_softmax(const float *x, float *y, size_t rows, size_t columns)
            {
                size_t row, i;
                for (row = 0; row < rows; row++, x += columns, y += columns) {
                    float largest = x[0];
                    double sum = 0.0;
                    for (i = 1; i < columns; i++)
                        if (x[i] > largest) largest = x[i];
                    for (i = 0; i < columns; i++) {
                        y[i] = (float)myotask_exp((double)(x[i] - largest));
                        sum += y[i];
                    }
                    for (i = 0; i < columns; i++) y[i] = (float)(y[i] / sum);
                }
            }
            """
        case .logSumExp:
            """
            static void myotask_log_sum_exp(const float *x, float *y, size_t rows, size_t columns)
            {
                size_t row, i;
                for (row = 0; row < rows; row++, x += columns) {
                    float largest = x[0];
                    double sum = 0.0;
                    for (i = 1; i < columns; i++)
                        if (x[i] > largest) largest = x[i];
                    for (i = 0; i < columns; i++) sum += myotask_exp((double)(x[i] - largest));
                    y[row] = (float)(largest + myotask_log(sum));
                }
            }
            """
        case .standardize:
            """
            /* Rows less their means, by their standard deviations. */
            static void myotask_standardize(
                const float *x, float *y, size_t rows, size_t columns, float epsilon)
            {
                size_t row, i;
                for (row = 0; row < rows; row++, x += columns, y += columns) {
                    float mean = 0.0f, square = 0.0f, inverse;
                    for (i = 0; i < columns; i++) mean += x[i];
                    mean /= (float)columns;
                    for (i = 0; i < columns; i++) square += (x[i] - mean) * (x[i] - mean);
                    inverse = 1.0f / (float)myotask_sqrt(square / (float)columns + epsilon);
                    for (i = 0; i < columns; i++) y[i] = (x[i] - mean) * inverse;
                }
            }
            """
        case .unitLength:
            """
            static void myotask_unit_length(const float *x, float *y, size_t rows, size_t columns)
            {
                size_t row, i;
                for (row = 0; row < rows; row++, x += columns, y += columns) {
                    float square = 0.0f, inverse;
                    for (i = 0; i < columns; i++) square += x[i] * x[i];
                    inverse = 1.0f / (float)myotask_sqrt(square);
                    for (i = 0; i < columns; i++) y[i] = x[i] * inverse;
                }
            }
            """
        default: ""
        }
    }
}
