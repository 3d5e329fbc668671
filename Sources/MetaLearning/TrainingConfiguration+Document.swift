public import Documents

extension TrainingConfiguration {
    /// Reads a configuration; see `schemas/training.schema.json`.
    ///
    /// - Parameter cursor: An object; a missing member has its default.
    /// - Throws: `DocumentError` with the place of an unknown member or an impossible value.
    public init(_ cursor: DocumentCursor) throws(DocumentError) {
        self.init()
        let object = try cursor.object(allowing: [
            "algorithm", "model", "inner", "outer", "meta_epochs", "tasks_per_step",
            "query_batch_size", "selection", "baselines", "seed", "threads",
            "trajectory_budget_mb",
        ])
        if let cursor = object.optional("algorithm") {
            algorithm = try cursor.choice(["maml": .maml, "first_order_maml": .firstOrderMAML])
        }
        if let cursor = object.optional("model") { model = try Model(cursor) }
        if let cursor = object.optional("inner") { inner = try Inner(cursor) }
        if let cursor = object.optional("outer") { outer = try Outer(cursor) }
        try object.read("meta_epochs", into: &metaEpochs, in: 1...1_000_000)
        try object.read("tasks_per_step", into: &tasksPerStep, in: 1...10_000)
        if let cursor = object.optional("query_batch_size") {
            queryBatchSize = try cursor.integer(in: 1...1_000_000)
        }
        if let cursor = object.optional("selection") {
            selection = try cursor.choice([
                "validation_loss": .validationLoss, "last_epoch": .lastEpoch,
            ])
        }
        if let cursor = object.optional("baselines") { baselines = try Baselines(cursor) }
        if let cursor = object.optional("seed") {
            seed = UInt64(try cursor.integer(in: 0...Int.max))
        }
        if let cursor = object.optional("threads") { threads = try cursor.integer(in: 1...1_024) }
        try object.read("trajectory_budget_mb", into: &trajectoryBudgetMB, in: 1...1_048_576)
    }
}

extension TrainingConfiguration.Model {
    fileprivate init(_ cursor: DocumentCursor) throws(DocumentError) {
        self.init()
        let object = try cursor.object(allowing: ["name", "hidden"])
        if let cursor = object.optional("name") { name = try cursor.choice(["dnn": .dnn]) }
        if let cursor = object.optional("hidden") {
            hidden = []
            for cursor in try cursor.array() {
                hidden.append(try cursor.integer(in: 1...65_536))
            }
            guard hidden.count <= 64 else {
                throw cursor.error(expected: "at most 64 layers", found: "\(hidden.count)")
            }
        }
    }
}

extension TrainingConfiguration.Inner {
    fileprivate init(_ cursor: DocumentCursor) throws(DocumentError) {
        self.init()
        let object = try cursor.object(allowing: [
            "optimizer", "learning_rate", "epochs", "batch_size", "shuffle",
        ])
        if let cursor = object.optional("optimizer") {
            optimizer = try cursor.choice(["sgd": .sgd, "adam": .adam])
        }
        try object.readRate("learning_rate", into: &learningRate)
        try object.read("epochs", into: &epochs, in: 1...100_000)
        try object.read("batch_size", into: &batchSize, in: 1...1_000_000)
        if let cursor = object.optional("shuffle") { shuffle = try cursor.boolean() }
    }
}

extension TrainingConfiguration.Outer {
    fileprivate init(_ cursor: DocumentCursor) throws(DocumentError) {
        self.init()
        let object = try cursor.object(allowing: [
            "optimizer", "learning_rate", "weight_decay", "schedule",
        ])
        if let cursor = object.optional("optimizer") {
            optimizer = try cursor.choice(["adamw": .adamw, "adam": .adam, "sgd": .sgd])
        }
        weightDecay = optimizer == .adamw ? 0.01 : 0
        try object.readRate("learning_rate", into: &learningRate)
        if let cursor = object.optional("weight_decay") {
            weightDecay = try cursor.number(in: 0...1)
        }
        if let cursor = object.optional("schedule") {
            let object = try cursor.object(allowing: ["step", "factor"])
            try object.read("step", into: &schedule.step, in: 1...1_000_000)
            if let cursor = object.optional("factor") {
                schedule.factor = try cursor.number(in: 1e-6...1)
            }
        }
    }
}

extension TrainingConfiguration.Baselines {
    fileprivate init(_ cursor: DocumentCursor) throws(DocumentError) {
        self.init()
        let object = try cursor.object(allowing: ["random", "pretrained"])
        if let cursor = object.optional("random") { random = try cursor.boolean() }
        guard let cursor = object.optional("pretrained") else { return }
        if case .boolean(let wanted) = cursor.value.content {
            if !wanted { pretrained = nil }
            return
        }
        let settings = try cursor.object(allowing: [
            "epochs", "learning_rate", "batch_size", "shuffle",
        ])
        var result = Pretrained()
        try settings.read("epochs", into: &result.epochs, in: 1...100_000)
        try settings.readRate("learning_rate", into: &result.learningRate)
        try settings.read("batch_size", into: &result.batchSize, in: 1...1_000_000)
        if let cursor = settings.optional("shuffle") { result.shuffle = try cursor.boolean() }
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
