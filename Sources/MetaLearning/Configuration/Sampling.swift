package import Documents

extension TrainingConfiguration {
    /// How training tasks are drawn.
    package struct Sampling: Described {
        /// What a queue's cells are.
        package enum Key: String, Sendable, Hashable, CaseIterable {
            /// Each task.
            case task
            /// The groups that the source puts tasks into, such as (patient, condition).
            case group
        }

        /// How.
        package var regime: any SamplingRegime = ShuffledSampling()
        /// What a queue's cells are.
        package var key = Key.task
        /// Meta-steps of a meta-epoch, from 1 to 1,000,000; `nil` for as many as it takes to see
        /// each task once. `shuffled` always sees each task once.
        package var stepsPerEpoch: Int?

        /// Settings of other regimes than the one that is used, as they are written.
        var otherSettings: [DocumentValue.Member] = []

        /// Every task once in an epoch.
        package init() {}

        private static let regimes = KindProperty<Self, any SamplingRegime>(
            \.regime, others: \.otherSettings, of: .standard, described: { $0 })

        /// The members of a document.
        package static let fields: Fields<Self> = [
            Field(kind: "regime", regimes, "How tasks are drawn."),
            Field(
                "key", \.key, .choice,
                "What a queue's cells are: tasks, or the groups that the collection gives, such as "
                    + "(patient, condition)."),
            Field(settingsOf: regimes),
            Field(
                optional: "steps_per_epoch", \.stepsPerEpoch, .integer(in: 1...1_000_000),
                "Meta-steps of a meta-epoch; as many as it takes to see each task once when left "
                    + "out. shuffled always sees each task once."),
        ]
    }
}
