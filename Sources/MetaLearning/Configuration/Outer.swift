public import Documents

extension TrainingConfiguration {
    /// How the meta-parameters are moved.
    public struct Outer: Described {
        /// The rule of a meta-step.
        public var optimizer: any OuterRule = OuterAdamW()
        /// Its learning rate, from 10⁻¹² to 100.
        public var learningRate = 1e-4
        /// The learning rate's fall.
        package var schedule = Schedule()
        /// The longest meta-gradient, from 10⁻⁹ to 10⁹; a longer one is shortened. `nil` for any
        /// length.
        public var clipNorm: Double?
        /// Whether tasks' gradients are averaged; otherwise they are summed.
        public var averages = false

        /// Settings of other rules than the one that is used, as they are written.
        var otherSettings: [DocumentValue.Member] = []

        /// The default settings.
        public init() {}

        private static let rules = KindProperty<Self, any OuterRule>(
            \.optimizer, others: \.otherSettings, of: .standard, described: { $0 })

        /// The members of a document.
        public static let fields: Fields<Self> = [
            Field(kind: "optimizer", rules, "The rule of a meta-step, PyTorch's."),
            Field("learning_rate", \.learningRate, .learningRate, "Its learning rate."),
            Field(settingsOf: rules),
            Field(object: "schedule", \.schedule, "How the learning rate falls."),
            Field(
                optional: "clip_norm", \.clipNorm, .number(in: 1e-9...1e9),
                "The longest meta-gradient; a longer one is shortened to it."),
            Field(
                "gradient", \.averages, .choice(["sum": false, "mean": true]),
                "Whether tasks' gradients are summed or averaged."),
        ]
    }
}
