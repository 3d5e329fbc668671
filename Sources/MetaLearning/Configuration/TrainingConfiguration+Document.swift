public import Documents

extension TrainingConfiguration {
    /// Reads a configuration; see `schemas/training.schema.json`.
    ///
    /// - Parameter cursor: An object; a missing member has its default, or that of the preset.
    /// - Throws: `DocumentError` with the place of an unknown member or an impossible value.
    public init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "preset", "algorithm", "algorithm_settings", "initial", "sampling", "model", "inner",
            "outer", "meta_epochs", "tasks_per_step", "query_batch_size", "selection", "baselines",
            "fine_tuning_steps", "studies", "dropout_when_scoring", "checkpoints", "seed", "seeds",
            "threads", "trajectory_budget_mb", "task_memory_mb", "augmentation",
        ])
        let preset =
            try object.optional("preset")?.choice(of: Preset.self) ?? .standard
        self.init(preset: preset)
        if let cursor = object.optional("algorithm") {
            algorithm = try cursor.choice()
        }
        if let cursor = object.optional("algorithm_settings") {
            try algorithmSettings.read(cursor)
        }
        if let cursor = object.optional("initial") {
            initial = try cursor.choice()
        }
        if let cursor = object.optional("sampling") { sampling = try Sampling(cursor) }
        if let cursor = object.optional("model") { model = try Model(cursor) }
        if let cursor = object.optional("inner") { try inner.read(cursor) }
        if let cursor = object.optional("outer") { try outer.read(cursor) }
        try object.read("meta_epochs", into: &metaEpochs, in: 1...1_000_000)
        try object.read("tasks_per_step", into: &tasksPerStep, in: 1...10_000)
        if let cursor = object.optional("query_batch_size") {
            queryBatchSize = try cursor.integer(in: 1...1_000_000)
        }
        if let cursor = object.optional("selection") {
            selection = try cursor.choice()
        }
        if let cursor = object.optional("baselines") { try baselines.read(cursor) }
        if let cursor = object.optional("fine_tuning_steps") {
            studies.convergence = try Studies.steps(cursor)
        }
        if let cursor = object.optional("studies") { try studies.read(cursor) }
        if let cursor = object.optional("dropout_when_scoring") {
            scoresWithDropout = try cursor.boolean()
        }
        if let cursor = object.optional("checkpoints") {
            checkpointEvery = try cursor.object(allowing: ["every"]).optional("every")?
                .integer(in: 1...1_000_000)
        }
        if let cursor = object.optional("seed") {
            seed = UInt64(try cursor.integer(in: 0...Int.max))
        }
        if let cursor = object.optional("seeds") { seeds = try Self.seeds(cursor) }
        if let cursor = object.optional("threads") { threads = try cursor.integer(in: 1...1_024) }
        try object.read("trajectory_budget_mb", into: &trajectoryBudgetMB, in: 1...1_048_576)
        if let cursor = object.optional("task_memory_mb") {
            taskMemoryMB = try cursor.integer(in: 0...1_048_576)
        }
        if let cursor = object.optional("augmentation") { augmentation = try cursor.boolean() }
        guard initial != .pretrained || baselines.pretrained != nil else {
            throw cursor.error(
                expected: "baselines.pretrained, which the training starts from",
                found: "none", hint: "leave baselines.pretrained as it is, or set initial: random")
        }
    }
}

extension TrainingConfiguration {
    private static func seeds(_ cursor: DocumentCursor) throws(DocumentError) -> [UInt64] {
        var seeds: [UInt64] = []
        for cursor in try cursor.array() {
            let seed = UInt64(try cursor.integer(in: 0...Int.max))
            guard !seeds.contains(seed) else {
                throw cursor.error(expected: "each seed once")
            }
            seeds.append(seed)
        }
        return seeds
    }
}

extension TrainingConfiguration.Studies {
    fileprivate mutating func read(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: ["convergence", "support"])
        if let cursor = object.optional("convergence") { convergence = try Self.steps(cursor) }
        guard let cursor = object.optional("support") else { return }
        support = []
        for cursor in try cursor.array() {
            let share = try cursor.number(in: 1e-6...1)
            guard !support.contains(share) else { throw cursor.error(expected: "each share once") }
            support.append(share)
        }
    }

    fileprivate static func steps(_ cursor: DocumentCursor) throws(DocumentError) -> [Int] {
        var steps: [Int] = []
        for cursor in try cursor.array() {
            let count = try cursor.integer(in: 0...100_000)
            guard !steps.contains(count) else { throw cursor.error(expected: "each number once") }
            steps.append(count)
        }
        return steps
    }
}

extension TrainingConfiguration.AlgorithmSettings {
    fileprivate mutating func read(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "multi_step_epochs", "lambda", "solver", "solver_iterations", "sequence_length",
            "after_each_task",
        ])
        try object.read("multi_step_epochs", into: &multiStepEpochs, in: 0...1_000_000)
        if let cursor = object.optional("lambda") {
            proximity = try cursor.number(in: 1e-9...1e9)
        }
        if let cursor = object.optional("solver") {
            solver = try cursor.choice()
        }
        try object.read("solver_iterations", into: &solverIterations, in: 1...10_000)
        try object.read("sequence_length", into: &sequenceLength, in: 1...10_000)
        if let cursor = object.optional("after_each_task") {
            afterEachTask = try cursor.choice()
        }
    }
}

extension TrainingConfiguration.Inner {
    fileprivate mutating func read(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "optimizer", "learning_rate", "momentum", "epochs", "steps", "batch_size", "shuffle",
        ])
        if let cursor = object.optional("optimizer") {
            optimizer = try cursor.choice()
        }
        if let cursor = object.optional("momentum") {
            momentum = try cursor.number(in: 0...0.9999)
        }
        if let cursor = object.optional("steps") { steps = try cursor.integer(in: 1...1_000_000) }
        try object.readRate("learning_rate", into: &learningRate)
        try object.read("epochs", into: &epochs, in: 1...100_000)
        try object.read("batch_size", into: &batchSize, in: 1...1_000_000)
        if let cursor = object.optional("shuffle") { shuffle = try cursor.boolean() }
    }
}

extension TrainingConfiguration.Outer {
    fileprivate mutating func read(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "optimizer", "learning_rate", "weight_decay", "schedule", "clip_norm", "gradient",
        ])
        if let cursor = object.optional("optimizer") {
            optimizer = try cursor.choice()
            weightDecay = optimizer == .adamw ? 0.01 : 0
        }
        try object.readRate("learning_rate", into: &learningRate)
        if let cursor = object.optional("weight_decay") {
            weightDecay = try cursor.number(in: 0...1)
        }
        if let cursor = object.optional("schedule") {
            let object = try cursor.object(allowing: [
                "kind", "step", "factor", "patience", "minimum",
            ])
            if let cursor = object.optional("kind") {
                schedule.kind = try cursor.choice()
            }
            try object.read("step", into: &schedule.step, in: 1...1_000_000)
            try object.read("patience", into: &schedule.patience, in: 0...1_000_000)
            if let cursor = object.optional("minimum") {
                schedule.minimum = try cursor.number(in: 0...100)
            }
            if let cursor = object.optional("factor") {
                schedule.factor = try cursor.number(in: 1e-6...1)
            }
        }
        if let cursor = object.optional("clip_norm") {
            clipNorm = try cursor.number(in: 1e-9...1e9)
        }
        if let cursor = object.optional("gradient") {
            averages = try cursor.choice(["sum": false, "mean": true])
        }
    }
}

extension TrainingConfiguration.Baselines {
    fileprivate mutating func read(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: ["random", "pretrained", "lda"])
        if let cursor = object.optional("random") { random = try cursor.boolean() }
        if let cursor = object.optional("lda") { lda = try cursor.boolean() }
        guard let cursor = object.optional("pretrained") else { return }
        if case .boolean(let wanted) = cursor.value.content {
            if !wanted { pretrained = nil }
            return
        }
        let settings = try cursor.object(allowing: [
            "epochs", "learning_rate", "batch_size", "shuffle", "match_gradients",
        ])
        var result = pretrained ?? Pretrained()
        try settings.read("epochs", into: &result.epochs, in: 1...100_000)
        try settings.readRate("learning_rate", into: &result.learningRate)
        try settings.read("batch_size", into: &result.batchSize, in: 1...1_000_000)
        if let cursor = settings.optional("shuffle") { result.shuffle = try cursor.boolean() }
        if let cursor = settings.optional("match_gradients") {
            result.matchesGradients = try cursor.boolean()
        }
        pretrained = result
    }
}

extension DocumentObject {
    fileprivate func read(
        _ key: String, into value: inout Int, in bounds: ClosedRange<Int>
    ) throws(DocumentError) {
        if let cursor = optional(key) { value = try cursor.integer(in: bounds) }
    }

    /// Reads a learning rate: above 0, at most 100.
    fileprivate func readRate(_ key: String, into value: inout Double) throws(DocumentError) {
        if let cursor = optional(key) { value = try cursor.number(in: 1e-12...100) }
    }
}
