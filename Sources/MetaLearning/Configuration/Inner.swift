public import Documents

extension TrainingConfiguration {
    /// How the model adapts to a task.
    public struct Inner: Described {
        /// The rule of a step with its own settings; ``learningRate`` stands in place of its rate.
        public var optimizer: any InnerRule = InnerAdam()
        /// Its learning rate, from 10⁻¹² to 100.
        public var learningRate = 1e-4
        /// Passes over the support, from 1 to 100,000.
        public var epochs = 3
        /// Steps in place of passes, from 1 to 1,000,000; `nil` for whole passes.
        public var steps: Int?
        /// Support windows of a step, from 1 to 1,000,000.
        public var batchSize = 32
        /// Whether the support is shuffled; otherwise it is used in the recording's order.
        public var shuffle = false

        /// Settings of other rules than the one that is used, as they are written.
        var otherSettings: [DocumentValue.Member] = []

        /// The default settings.
        public init() {}

        private static let rules = KindProperty<Self, any InnerRule>(
            \.optimizer, others: \.otherSettings, of: .standard, described: { $0 })

        /// The members of a document.
        public static let fields: Fields<Self> = [
            Field(kind: "optimizer", rules, "The rule of a step."),
            Field("learning_rate", \.learningRate, .learningRate, "Its learning rate."),
            Field(settingsOf: rules),
            Field("epochs", \.epochs, .integer(in: 1...100_000), "Passes over the support."),
            Field(
                optional: "steps", \.steps, .integer(in: 1...1_000_000),
                "Inner steps in place of whole passes."),
            Field(
                "batch_size", \.batchSize, .integer(in: 1...1_000_000),
                "Support windows of a step."),
            Field(
                "shuffle", \.shuffle, .boolean,
                "Whether the support is shuffled from the seed; otherwise it is used in the "
                    + "recording's order."),
        ]

        /// The rule with the learning rate.
        var rule: any InnerRule {
            var rule = optimizer
            rule.learningRate = learningRate
            return rule
        }
    }
}

extension FieldFormat<Double> {
    /// A learning rate: above 0, at most 100.
    static var learningRate: FieldFormat { .number(in: 1e-12...100) }
}
