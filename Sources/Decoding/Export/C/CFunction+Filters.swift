extension CFunction {
    /// Steps of a causal chain, on one sample of all channels.
    var filterText: String {
        switch self {
        case .sections:
            """
            /* Second-order sections (b0, b1, b2, a1, a2) in transposed direct form II. */
            static void myotask_sections(
                double *row, const double *coefficients, size_t sections, double *delays)
            {
                size_t channel, section;
                for (channel = 0; channel < MYOTASK_CHANNELS; channel++) {
                    double input = row[channel];
                    for (section = 0; section < sections; section++) {
                        const double *c = coefficients + 5 * section;
                        double *d = delays + 2 * (channel * sections + section);
                        const double output = c[0] * input + d[0];
                        d[0] = c[1] * input + d[1];
                        d[0] = d[0] - c[3] * output;
                        d[1] = c[2] * input - c[4] * output;
                        input = output;
                    }
                    row[channel] = input;
                }
            }
            """
        case .taps:
            """
            /* A finite response; the past is a ring of samples. */
            static void myotask_taps(
                double *row, const double *taps, size_t count, double *past, size_t *newest)
            {
                size_t channel, tap;
                *newest = *newest == 0 ? count - 1 : *newest - 1;
                for (channel = 0; channel < MYOTASK_CHANNELS; channel++) {
                    double sum = 0.0;
                    size_t place = *newest;
                    past[place * MYOTASK_CHANNELS + channel] = row[channel];
                    for (tap = 0; tap < count; tap++) {
                        sum += taps[tap] * past[place * MYOTASK_CHANNELS + channel];
                        place = place + 1 == count ? 0 : place + 1;
                    }
                    row[channel] = sum;
                }
            }
            """
        case .movingWindow:
            """
            /* The mean of squares or magnitudes over the last samples, and of squares its root: sums
               of blocks from their ends and from their starts. */
            struct myotask_window {
                size_t position, filled;
            };

            static void myotask_moving_window(
                double *row, int of_squares, size_t length, int counts_missing, double *terms,
                double *starts, struct myotask_window *state)
            {
                const size_t position = state->position;
                size_t channel, index;
                if (state->filled < length) state->filled++;
                for (channel = 0; channel < MYOTASK_CHANNELS; channel++) {
                    const double x = row[channel];
                    const double term = of_squares ? x * x : x < 0.0 ? -x : x;
                    double sum;
                    starts[channel] = position == 0 ? term : starts[channel] + term;
                    sum = starts[channel];
                    if (position + 1 < length)
                        sum = terms[(position + 1) * MYOTASK_CHANNELS + channel] + sum;
                    terms[position * MYOTASK_CHANNELS + channel] = term;
                    sum /= (double)(counts_missing ? length : state->filled);
                    row[channel] = of_squares ? myotask_sqrt(sum) : sum;
                }
                state->position = position + 1;
                if (state->position < length) return;
                state->position = 0;
                for (channel = 0; channel < MYOTASK_CHANNELS; channel++) {
                    double sum = 0.0;
                    for (index = length; index > 0; index--) {
                        sum += terms[(index - 1) * MYOTASK_CHANNELS + channel];
                        terms[(index - 1) * MYOTASK_CHANNELS + channel] = sum;
                    }
                }
            }
            """
        case .teagerKaiser:
            """
            /* The Teager-Kaiser energy of the sample before. */
            static void myotask_teager_kaiser(double *row, double *past)
            {
                size_t channel;
                for (channel = 0; channel < MYOTASK_CHANNELS; channel++) {
                    const double sample = row[channel], last = past[MYOTASK_CHANNELS + channel];
                    row[channel] = last * last - past[channel] * sample;
                    past[channel] = last;
                    past[MYOTASK_CHANNELS + channel] = sample;
                }
            }
            """
        default: ""
        }
    }
}
