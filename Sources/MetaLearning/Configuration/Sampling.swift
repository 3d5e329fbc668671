import Documents

extension TrainingConfiguration {
    /// How training tasks are drawn.
    public struct Sampling: Sendable, Hashable {
        /// What a queue's cells are.
        public enum Key: String, Sendable, Hashable, CaseIterable {
            /// Each task.
            case task
            /// The groups that the source puts tasks into, such as (patient, condition).
            case group
        }

        /// How.
        public var regime = SamplingRegime.shuffled
        /// What a queue's cells are.
        public var key = Key.task
        /// How ε falls, for `epsilon_greedy`.
        public var epsilon = EpsilonAnnealing()
        /// Meta-steps of a meta-epoch; `nil` for as many as it takes to see each task once.
        /// `shuffled` always sees each task once.
        public var stepsPerEpoch: Int?

        /// Every task once in an epoch.
        public init() {}
    }
}

extension TrainingConfiguration.Sampling {
    init(_ cursor: DocumentCursor) throws(DocumentError) {
        self.init()
        let object = try cursor.object(allowing: ["regime", "key", "epsilon", "steps_per_epoch"])
        if let cursor = object.optional("regime") {
            regime = try cursor.choice()
        }
        if let cursor = object.optional("key") {
            key = try cursor.choice()
        }
        if let cursor = object.optional("steps_per_epoch") {
            stepsPerEpoch = try cursor.integer(in: 1...1_000_000)
        }
        guard let cursor = object.optional("epsilon") else { return }
        let annealing = try cursor.object(allowing: ["start", "end", "decay", "delay"])
        if let cursor = annealing.optional("start") {
            epsilon.start = try cursor.number(in: 0...1)
        }
        if let cursor = annealing.optional("end") { epsilon.end = try cursor.number(in: 0...1) }
        if let cursor = annealing.optional("decay") {
            epsilon.decay = try cursor.number(in: 0...1)
        }
        if let cursor = annealing.optional("delay") {
            epsilon.delay = try cursor.integer(in: 0...1_000_000_000)
        }
    }

    /// The settings as a value of a document.
    var document: DocumentValue {
        .object([
            "regime": .string(regime.rawValue), "key": .string(key.rawValue),
            "epsilon": .object([
                "start": .number(epsilon.start), "end": .number(epsilon.end),
                "decay": .number(epsilon.decay), "delay": .integer(epsilon.delay),
            ]),
            "steps_per_epoch": stepsPerEpoch.map { .integer($0) } ?? .null,
        ])
    }
}
