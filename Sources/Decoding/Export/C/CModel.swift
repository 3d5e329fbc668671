/// What decides about a window, as C: tables, memory, and a function that gives the logits.
struct CModel {
    /// What the model is, for people.
    var name: String
    /// Tables, memory and functions.
    var text: String
    /// What is called.
    var functions: Set<CFunction>
    /// Bytes of the tables.
    var tableBytes: Int
    /// Bytes of the memory.
    var memoryBytes: Int
    /// Whether it sees samples normalized.
    var isNormalized: Bool
    /// The type of a logit.
    var logitType: String
    /// Variables that ``scoring`` counts with, beside `label`.
    var counters: String
    /// The statements that take the window out of the ring, and leave `logits`.
    var scoring: String
}

extension CModel {
    /// A network.
    ///
    /// - Parameter model: The network.
    init(_ model: ExportedNetwork) {
        let network = CNetwork(model)
        let place =
            model.isChannelMajor
            ? "channel * MYOTASK_WINDOW + sample" : "sample * MYOTASK_CHANNELS + channel"
        self.init(
            name: model.name,
            text: """
                /* The network. */

                \(network.tables)
                static float myotask_memory[\(network.memoryCount)];

                /* Takes the window at the beginning of the memory; returns the logits. */
                static const float *myotask_network(void)
                {
                \(network.body)    return \(network.output);
                }
                """,
            functions: network.functions, tableBytes: 4 * network.tableCount,
            memoryBytes: 4 * network.memoryCount, isNormalized: true, logitType: "float",
            counters: "sample, channel, place = myotask_oldest, ",
            scoring: """
                    for (sample = 0; sample < MYOTASK_WINDOW; sample++) {
                        for (channel = 0; channel < MYOTASK_CHANNELS; channel++)
                            myotask_memory[\(place)] =
                                myotask_history[place * MYOTASK_CHANNELS + channel];
                        place = place + 1 == MYOTASK_WINDOW ? 0 : place + 1;
                    }
                    logits = myotask_network();
                """)
    }

    /// A discriminant, in double precision.
    ///
    /// - Parameter model: The discriminant.
    init(_ model: DiscriminantModel) {
        let kind = model.discriminant
        let isLogarithm = kind.features == .logAmplitude
        self.init(
            name: kind.title,
            text: """
                /* The discriminant, in double precision. */

                #define MYOTASK_FEATURES \(model.width)
                \(CText.table("double", "myotask_weights", model.weights.map { CText.literal($0) }))
                \(CText.table("double", "myotask_offsets", model.exportedOffsets.map { CText.literal($0) }))
                static double myotask_features[MYOTASK_FEATURES];
                static double myotask_logits[MYOTASK_CLASSES];

                /* Takes the window out of a ring, and where its oldest sample is; returns the logits. */
                static const double *myotask_discriminant(const float *history, size_t oldest)
                {
                    size_t channel, sample, place, label, column;
                    for (channel = 0; channel < MYOTASK_CHANNELS; channel++) {
                \(isLogarithm ? Self.logAmplitude(kind) : Self.timeDomain)
                    }
                    for (label = 0; label < MYOTASK_CLASSES; label++) {
                        myotask_logits[label] = myotask_offsets[label];
                        for (column = 0; column < MYOTASK_FEATURES; column++)
                            myotask_logits[label] +=
                                myotask_weights[label * MYOTASK_FEATURES + column]
                                * myotask_features[column];
                    }
                    return myotask_logits;
                }
                """,
            functions: isLogarithm ? [.logarithm] : [],
            tableBytes: 8 * (model.weights.count + model.offsets.count),
            memoryBytes: 8 * (model.width + model.classCount), isNormalized: false,
            logitType: "double", counters: "",
            scoring: "    logits = myotask_discriminant(myotask_history, myotask_oldest);")
    }

    private static func logAmplitude(_ kind: DiscriminantKind) -> String {
        """
                double sum = 0.0;
                place = oldest;
                for (sample = 0; sample < MYOTASK_WINDOW; sample++) {
                    const double value = history[place * MYOTASK_CHANNELS + channel];
                    sum += value < 0.0 ? -value : value;
                    place = place + 1 == MYOTASK_WINDOW ? 0 : place + 1;
                }
                myotask_features[channel] = myotask_log(
                    sum / MYOTASK_WINDOW / \(CText.literal(kind.scale)) + \(CText.literal(kind.floor)));
        """
    }

    private static var timeDomain: String {
        """
                double *features = myotask_features + 4 * channel;
                double before = 0.0, step = 0.0;
                features[0] = features[1] = features[2] = features[3] = 0.0;
                place = oldest;
                for (sample = 0; sample < MYOTASK_WINDOW; sample++) {
                    const double value = history[place * MYOTASK_CHANNELS + channel];
                    const double next = sample > 0 ? value - before : 0.0;
                    features[0] += value < 0.0 ? -value : value;
                    features[1] += next < 0.0 ? -next : next;
                    if (before * value < 0.0) features[2] += 1.0;
                    if (step * -next > 0.0) features[3] += 1.0;
                    before = value;
                    step = next;
                    place = place + 1 == MYOTASK_WINDOW ? 0 : place + 1;
                }
                features[0] /= MYOTASK_WINDOW;
        """
    }
}
