/// The control layer in C: the same steps as ``ControlLayer`` on the same numbers.
struct CControl {
    private let layer: ControlLayer

    /// Translates a layer.
    ///
    /// - Parameter layer: The layer.
    init(_ layer: ControlLayer) { self.layer = layer }

    /// Whether the output depends on the amplitudes of windows.
    var needsAmplitude: Bool { layer.needsAmplitude }

    /// Bytes of tables.
    var tableBytes: Int {
        20 * (layer.classCount + 1) + (needsAmplitude ? 17 * layer.classCount : 0)
    }

    /// Bytes of memory.
    var memoryBytes: Int { 4 * layer.votes.count + 8 * (layer.classCount + 1) + 56 }

    /// Tables, memory and functions.
    var text: String {
        """
        /* The control layer: rejection, vote, hysteresis, refractory time, velocity. */

        #define MYOTASK_NEUTRAL \(layer.neutral)
        #define MYOTASK_VOTES \(layer.votes.count)

        \(CText.table("double", "myotask_enter", layer.enterProbability.map { CText.literal($0) }))
        \(CText.table("double", "myotask_leave", layer.leaveProbability.map { CText.literal($0) }))
        \(CText.table("uint32_t", "myotask_enter_count", layer.enterCount.map { "\($0)" }))
        \(rangesText)
        /* The classes of the last decisions, a ring. */
        static int myotask_votes[MYOTASK_VOTES];
        static size_t myotask_vote_count, myotask_next_vote;
        static size_t myotask_votes_of_class[MYOTASK_CLASSES + 1];
        static int myotask_current = MYOTASK_NEUTRAL, myotask_run_class = MYOTASK_NEUTRAL;
        static uint64_t myotask_run_count;
        /* Decisions since the last change; the largest number when there was none. */
        static uint64_t myotask_since_change = UINT64_MAX;

        static void myotask_control_reset(void)
        {
            size_t label;
            for (label = 0; label <= MYOTASK_CLASSES; label++) myotask_votes_of_class[label] = 0;
            myotask_vote_count = 0;
            myotask_next_vote = 0;
            myotask_current = MYOTASK_NEUTRAL;
            myotask_run_class = MYOTASK_NEUTRAL;
            myotask_run_count = 0;
            myotask_since_change = UINT64_MAX;
        }

        static void myotask_put_out(
            struct myotask_decision *decision, enum myotask_state state, double amplitude)
        {
            decision->state = state;
            decision->label = myotask_current < MYOTASK_CLASSES ? myotask_current : -1;
            decision->velocity = myotask_current == MYOTASK_NEUTRAL ? 0.0f : 1.0f;
        \(velocityText)}

        static void myotask_vote(int label)
        {
            if (myotask_vote_count == MYOTASK_VOTES)
                myotask_votes_of_class[myotask_votes[myotask_next_vote]]--;
            else
                myotask_vote_count++;
            myotask_votes[myotask_next_vote] = label;
            myotask_votes_of_class[label]++;
            myotask_next_vote = myotask_next_vote + 1 == MYOTASK_VOTES ? 0 : myotask_next_vote + 1;
        }

        /* The most frequent class; of classes as frequent, the one decided last. */
        static int myotask_voted(void)
        {
            size_t place = myotask_next_vote, count = 0, i;
            int best = MYOTASK_CLASSES;
            for (i = 0; i < myotask_vote_count; i++) {
                place = place == 0 ? MYOTASK_VOTES - 1 : place - 1;
                if (myotask_votes_of_class[myotask_votes[place]] > count) {
                    best = myotask_votes[place];
                    count = myotask_votes_of_class[best];
                }
            }
            return best;
        }

        static double myotask_probability(int label)
        {
            return label < MYOTASK_CLASSES ? myotask_probabilities[label] : 0.0;
        }

        static void myotask_control(struct myotask_decision *decision, double amplitude)
        {
            const int is_rejected =
                myotask_probabilities[decision->likeliest] < \(CText.literal(layer.rejectBelow));
            int voted, changes = 0;
            if (myotask_since_change < UINT64_MAX) myotask_since_change++;
        \(rejectionText)    myotask_vote(is_rejected ? MYOTASK_NEUTRAL : decision->likeliest);
            voted = myotask_voted();
            if (voted == myotask_current) {
                myotask_run_count = 0;
                myotask_put_out(
                    decision, is_rejected ? MYOTASK_REJECTED : MYOTASK_DECIDED, amplitude);
                return;
            }
            if (voted != myotask_run_class) myotask_run_count = 0;
            myotask_run_class = voted;
            if ((is_rejected && voted == MYOTASK_NEUTRAL)
                || myotask_probability(voted) >= myotask_enter[voted])
                myotask_run_count++;
            else
                myotask_run_count = 0;
            if (myotask_probability(myotask_current) <= myotask_leave[myotask_current]
                && myotask_run_count >= myotask_enter_count[voted]\(refractoryText)) {
                myotask_current = voted;
                myotask_run_count = 0;
                myotask_since_change = 0;
                changes = 1;
            }
            myotask_put_out(
                decision,
                is_rejected ? MYOTASK_REJECTED : changes ? MYOTASK_DECIDED : MYOTASK_HELD,
                amplitude);
        }
        """
    }

    private var refractoryText: String {
        layer.refractoryCount > 0
            ? "\n        && myotask_since_change >= \(layer.refractoryCount)" : ""
    }

    private var rejectionText: String {
        guard layer.holdsRejected else { return "" }
        return """
                if (is_rejected) {
                    myotask_run_count = 0;
                    myotask_put_out(decision, MYOTASK_REJECTED, amplitude);
                    return;
                }

            """
    }

    /// The amplitudes of velocity 0 and 1 for classes that have them.
    private var rangesText: String {
        guard needsAmplitude else { return "" }
        let ranges = layer.ranges
        return CText.table(
            "unsigned char", "myotask_is_proportional", ranges.map { $0 == nil ? "0" : "1" })
            + CText.table("double", "myotask_low", ranges.map { CText.literal($0?.low ?? 0) })
            + CText.table("double", "myotask_high", ranges.map { CText.literal($0?.high ?? 0) })
    }

    private var velocityText: String {
        guard needsAmplitude else { return "    (void)amplitude;\n" }
        let deadBand = CText.literal(layer.proportional.deadBand)
        return """
                if (myotask_current != MYOTASK_NEUTRAL && myotask_is_proportional[myotask_current]) {
                    const double low = myotask_low[myotask_current];
                    const double high = myotask_high[myotask_current];
                    double share = amplitude >= high ? 1.0 : 0.0;
                    if (high > low) {
                        share = (amplitude - low) / (high - low);
                        if (share > 1.0) share = 1.0;
                        share =
                            share > \(deadBand) ? (share - \(deadBand)) / (1.0 - \(deadBand)) : 0.0;
                    }
                    decision->velocity = (float)share;
                }

            """
    }
}
