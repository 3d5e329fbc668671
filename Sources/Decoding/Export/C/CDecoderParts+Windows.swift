internal import EMGArchive
internal import MetaLearning

// From samples to decisions.
extension CDecoderParts {
    /// Windows, normalization and decisions.
    var decoderText: String {
        """
        /* The decoder. */

        static double myotask_probabilities[MYOTASK_CLASSES];

        \(control.text)

        \(scalingText)/* The newest samples as the model sees them, a ring; where the oldest is. */
        static float myotask_history[MYOTASK_WINDOW * MYOTASK_CHANNELS];
        static size_t myotask_oldest;
        static double myotask_row[MYOTASK_CHANNELS];
        \(levelsText)/* Good samples since the last fault, up to a window. */
        static size_t myotask_good;
        static uint64_t myotask_samples, myotask_decisions;
        /* Samples until the next decision. */
        static size_t myotask_wait = MYOTASK_WINDOW;

        void myotask_decoder_interrupt(void)
        {
            myotask_condition_reset();
            myotask_good = 0;
        }

        void myotask_decoder_reset(void)
        {
            myotask_decoder_interrupt();
            myotask_control_reset();
            myotask_oldest = 0;
            myotask_samples = 0;
            myotask_decisions = 0;
            myotask_wait = MYOTASK_WINDOW;
        }

        static void myotask_take(void)
        {
            float *place = myotask_history + myotask_oldest * MYOTASK_CHANNELS;
            size_t channel;
            myotask_condition(myotask_row);
        \(levelText)    for (channel = 0; channel < MYOTASK_CHANNELS; channel++) {
                const float value = (float)myotask_row[channel];
                place[channel] = \(seenValue);
            }
            myotask_oldest = myotask_oldest + 1 == MYOTASK_WINDOW ? 0 : myotask_oldest + 1;
            if (myotask_good < MYOTASK_WINDOW) myotask_good++;
        }

        /* Returns 0 for probabilities that are no numbers. */
        static int myotask_score(struct myotask_decision *decision)
        {
            const \(model.logitType) *logits;
            double largest, sum = 0.0;
            size_t \(model.counters)label;
        \(model.scoring)
            largest = logits[0];
            for (label = 1; label < MYOTASK_CLASSES; label++)
                if (logits[label] > largest) largest = logits[label];
            for (label = 0; label < MYOTASK_CLASSES; label++) {
                decision->logits[label] = (float)logits[label];
                if (!myotask_is_finite(decision->logits[label])) return 0;
                myotask_probabilities[label] = myotask_exp(logits[label] - largest);
                sum += myotask_probabilities[label];
            }
            decision->likeliest = 0;
            for (label = 0; label < MYOTASK_CLASSES; label++) {
                myotask_probabilities[label] /= sum;
                decision->probabilities[label] = (float)myotask_probabilities[label];
                if (myotask_probabilities[label] > myotask_probabilities[decision->likeliest])
                    decision->likeliest = (int)label;
            }
            return 1;
        }

        int myotask_decoder_feed(const float *row, struct myotask_decision *decision)
        {
            int is_good = 1;
            size_t channel, label;
            for (channel = 0; channel < MYOTASK_CHANNELS; channel++) {
                myotask_row[channel] = row[channel];
                if (!myotask_is_finite(row[channel])) is_good = 0;
            }
            if (is_good) {
                myotask_take();
            } else {
                myotask_decoder_interrupt();
            }
            myotask_samples++;
            myotask_wait--;
            if (myotask_wait > 0) return 0;
            myotask_wait = MYOTASK_STRIDE;
            decision->index = myotask_decisions++;
            decision->sample = myotask_samples - 1;
            if (myotask_good == MYOTASK_WINDOW && myotask_score(decision)) {
                myotask_control(decision, \(control.needsAmplitude ? "myotask_amplitude()" : "0.0"));
                return 1;
            }
            for (label = 0; label < MYOTASK_CLASSES; label++) {
                decision->probabilities[label] = 0.0f;
                decision->logits[label] = 0.0f;
            }
            decision->likeliest = -1;
            myotask_control_reset();
            myotask_put_out(decision, MYOTASK_FAULT, 0.0);
            return 1;
        }
        """
    }

    /// What samples are normalized with, where the model sees them so.
    private var scalingText: String {
        guard model.isNormalized else { return "" }
        let scaling = bundle.normalization.scaling
        return """
            \(CText.table("double", "myotask_offset", scaling.offset.map { CText.literal($0) }))
            \(CText.table("double", "myotask_scale", scaling.scale.map { CText.literal($0) }))

            """
    }

    private var seenValue: String {
        guard model.isNormalized else { return "value" }
        return
            "\n                (float)((value - myotask_offset[channel]) / myotask_scale[channel])"
    }

    /// The amplitudes of samples, from which velocities are made.
    private var levelsText: String {
        guard control.needsAmplitude else { return "" }
        return """
            /* The mean magnitude over channels of each sample of the ring. */
            static double myotask_levels[MYOTASK_WINDOW];

            static double myotask_amplitude(void)
            {
                size_t sample, place = myotask_oldest;
                double sum = 0.0;
                for (sample = 0; sample < MYOTASK_WINDOW; sample++) {
                    sum += myotask_levels[place];
                    place = place + 1 == MYOTASK_WINDOW ? 0 : place + 1;
                }
                return sum / MYOTASK_WINDOW;
            }


            """
    }

    private var levelText: String {
        guard control.needsAmplitude else { return "" }
        return """
                myotask_levels[myotask_oldest] = 0.0;
                for (channel = 0; channel < MYOTASK_CHANNELS; channel++)
                    myotask_levels[myotask_oldest] +=
                        myotask_row[channel] < 0.0 ? -myotask_row[channel] : myotask_row[channel];
                myotask_levels[myotask_oldest] /= MYOTASK_CHANNELS;

            """
    }
}
