extension Trainer {
    /// What the methods start from, and what became of them.
    struct Comparison {
        let random: [Float]
        var warmStart: Pretraining.Outcome?
        var columns: [TrainingResult.Column] = []
        var fineTuning: [FineTuningTable] = []
        var supportSizes: [SupportSizeTable] = []
        /// What is not in the tables, and why.
        var notes: [String] = []

        init(random: [Float]) {
            self.random = random
        }
    }

    private var bench: TestBench {
        TestBench(
            source: source, network: network, pool: pool,
            settings: learner.adaptation(configuration.adaptation), threads: threads)
    }

    /// Compares all methods on the test tasks.
    func test(
        _ state: TrainingState, _ comparison: inout Comparison,
        _ progress: (TrainingEvent) throws -> Void
    ) throws {
        guard !source.ids(in: .test).isEmpty else { return }
        comparison.fineTuning = configuration.studies.convergence.map { FineTuningTable(steps: $0) }
        comparison.supportSizes = configuration.studies.support.map { SupportSizeTable(share: $0) }
        if configuration.baselines.random {
            try score(.random, .parameters(withRates(comparison.random)), &comparison, progress)
        }
        if let outcome = try pretrainedBaseline(state, &comparison, progress) {
            try score(
                .pretrained, .parameters(withRates(outcome.parameters)), &comparison, progress,
                gradients: outcome.gradientCount)
        }
        for classifier in classifiers {
            try score(classifier.method, .classifier(classifier), &comparison, progress)
        }
        try score(
            .meta, .parameters(state.bestParameters), &comparison, progress,
            gradients: state.gradientCount, products: state.hessianProductCount)
    }

    /// The pre-trained model that is compared; `nil` when none is wanted, or when its training
    /// diverged, which is noted and does not end the table.
    private func pretrainedBaseline(
        _ state: TrainingState, _ comparison: inout Comparison,
        _ progress: (TrainingEvent) throws -> Void
    ) throws -> Pretraining.Outcome? {
        guard let settings = configuration.baselines.pretrained else { return nil }
        let budget =
            settings.matchesGradients ? state.gradientCount + state.hessianProductCount : nil
        // The warm start had the passes that were asked for; only a budget asks for others.
        if let warmStart = comparison.warmStart, budget == nil { return warmStart }
        do {
            return try pretrain(from: comparison.random, gradients: budget, progress)
        } catch let error as MetaLearningError {
            guard case .notFinite = error.kind else { throw error }
            comparison.notes.append(
                "The pre-trained baseline is not in the table: its training diverged ("
                    + "\(error.description)).")
            return nil
        }
    }

    /// Scores a method after the configured fine-tuning and in every study.
    private func score(
        _ method: Method, _ start: TestBench.Start, _ comparison: inout Comparison,
        _ progress: (TrainingEvent) throws -> Void, gradients: Int = 0, products: Int = 0
    ) throws {
        let (bench, ids) = (bench, source.ids(in: .test))
        func column(_ extent: TestBench.Extent) throws -> TrainingResult.Column {
            TrainingResult.Column(
                method: method, scores: try bench.scores(start, on: ids, extent: extent),
                trainingGradients: gradients, hessianProducts: products)
        }
        let whole = try column(TestBench.Extent())
        try progress(.tested(method, meanAccuracy: whole.meanAccuracy))
        comparison.columns.append(whole)
        for index in comparison.supportSizes.indices {
            let share = comparison.supportSizes[index].share
            comparison.supportSizes[index].columns.append(
                try column(TestBench.Extent(supportShare: share)))
        }
        // What is fitted takes no steps.
        guard method.isFineTuned else { return }
        for index in comparison.fineTuning.indices {
            let steps = comparison.fineTuning[index].steps
            comparison.fineTuning[index].columns.append(
                try column(TestBench.Extent(steps: steps)))
        }
    }

    /// Learned rates belong to the meta-trained model; the others take the configured one.
    private func withRates(_ parameters: [Float]) -> [Float] {
        guard learner.adaptation(configuration.adaptation).optimizer.learnsRates else {
            return parameters
        }
        return parameters
            + Array(repeating: Float(configuration.inner.learningRate), count: parameters.count)
    }

    // MARK: What a reader must know

    var selectionNote: String {
        if configuration.selection == .lastEpoch { return "the last epoch, as configured" }
        return source.ids(in: .validation).isEmpty
            ? "the last epoch: there are no validation tasks to choose by, and test tasks are "
                + "never used for it"
            : "the lowest mean validation loss"
    }

    func notes(_ why: String, _ comparison: Comparison) -> [String] {
        var notes = ["Selected: \(why)."]
        if let variation { notes.append("Training windows were varied: \(variation.summary).") }
        if let fewShot = configuration.fewShot { notes.append(fewShot.summary) }
        if !configuration.variation.isEmpty {
            notes.append("Tasks were varied: \(configuration.variation.summary).")
        }
        if !source.targetNames.isEmpty { notes.append(RegressionScore.note) }
        guard !comparison.columns.isEmpty else {
            return notes + ["There are no test tasks, so nothing was compared."]
        }
        let about = TestNotes(configuration: configuration, columns: comparison.columns)
        return notes + [about.budget].compactMap(\.self) + comparison.notes
            + TestNotes.divergences(in: comparison.columns)
            + comparison.fineTuning.flatMap {
                TestNotes.divergences(in: $0.columns, " after \($0.steps) steps")
            }
            + comparison.supportSizes.flatMap {
                TestNotes.divergences(in: $0.columns, " on \($0.share) of each support")
            }
    }
}
