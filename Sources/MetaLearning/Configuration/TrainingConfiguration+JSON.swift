internal import Documents

extension TrainingConfiguration {
    /// The configuration as JSON with every value written out; reading it gives it back.
    ///
    /// - Parameter threads: How many threads the run uses, when ``threads`` leaves it open.
    /// - Returns: The text, ending in a line break.
    public func resolvedJSON(threads: Int) -> String {
        resolved(threads: threads).json(
            .indented(
                onOneLine: [
                    "sampling", "model", "studies.convergence", "studies.support", "checkpoints",
                    "seeds",
                ],
                continuing: [
                    "inner.learning_rate", "inner.epochs", "outer.learning_rate",
                    "outer.schedule.step", "outer.schedule.patience", "studies.support",
                    "baselines.pretrained.learning_rate", "baselines.pretrained.shuffle",
                ]))
    }

    /// The configuration with every value written out.
    private func resolved(threads: Int) -> DocumentValue {
        .object([
            "algorithm": .string(algorithm.rawValue),
            "algorithm_settings": .object([
                "multi_step_epochs": .integer(algorithmSettings.multiStepEpochs),
                "lambda": .number(algorithmSettings.proximity),
                "solver": .string(algorithmSettings.solver.rawValue),
                "solver_iterations": .integer(algorithmSettings.solverIterations),
                "sequence_length": .integer(algorithmSettings.sequenceLength),
                "after_each_task": .string(algorithmSettings.afterEachTask.rawValue),
            ]),
            "initial": .string(initial.rawValue),
            "sampling": sampling.document,
            "model": model.document,
            "inner": inner.document,
            "outer": outer.document,
            "meta_epochs": .integer(metaEpochs),
            "tasks_per_step": .integer(tasksPerStep),
            "query_batch_size": .integer(queryBatchSize ?? inner.batchSize),
            "selection": .string(selection.rawValue),
            "baselines": .object([
                "random": .boolean(baselines.random), "lda": .boolean(baselines.lda),
                "pretrained": baselines.pretrained?.document ?? .boolean(false),
            ]),
            "studies": .object([
                "convergence": .integers(studies.convergence),
                "support": .numbers(studies.support),
            ]),
            "dropout_when_scoring": .boolean(scoresWithDropout),
            "checkpoints": .object(["every": checkpointEvery.map { .integer($0) } ?? .null]),
            "seed": Self.document(ofSeed: seed),
            "seeds": .array(seeds.map(Self.document(ofSeed:))),
            "threads": .integer(self.threads ?? threads),
            "trajectory_budget_mb": .integer(trajectoryBudgetMB),
            "task_memory_mb": .integer(taskMemory >> 20),
            "augmentation": .boolean(augmentation),
        ])
    }

    /// A seed that no whole number of a document holds is written as a text.
    private static func document(ofSeed seed: UInt64) -> DocumentValue {
        Int(exactly: seed).map(DocumentValue.integer) ?? .string(String(seed))
    }
}

extension TrainingConfiguration.Inner {
    fileprivate var document: DocumentValue {
        .object([
            "optimizer": .string(optimizer.rawValue), "learning_rate": .number(learningRate),
            "momentum": .number(momentum), "epochs": .integer(epochs),
            "steps": steps.map { .integer($0) } ?? .null,
            "batch_size": .integer(batchSize), "shuffle": .boolean(shuffle),
        ])
    }
}

extension TrainingConfiguration.Outer {
    fileprivate var document: DocumentValue {
        .object([
            "optimizer": .string(optimizer.rawValue), "learning_rate": .number(learningRate),
            "weight_decay": .number(weightDecay),
            "schedule": .object([
                "kind": .string(schedule.kind.rawValue), "step": .integer(schedule.step),
                "factor": .number(schedule.factor), "patience": .integer(schedule.patience),
                "minimum": .number(schedule.minimum),
            ]),
            "clip_norm": clipNorm.map { .number($0) } ?? .null,
            "gradient": .string(averages ? "mean" : "sum"),
        ])
    }
}

extension TrainingConfiguration.Baselines.Pretrained {
    fileprivate var document: DocumentValue {
        .object([
            "epochs": .integer(epochs), "learning_rate": .number(learningRate),
            "batch_size": .integer(batchSize), "shuffle": .boolean(shuffle),
            "match_gradients": .boolean(matchesGradients),
        ])
    }
}
