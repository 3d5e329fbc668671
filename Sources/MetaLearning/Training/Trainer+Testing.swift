extension Trainer {
    /// What the methods start from, and what became of them.
    struct Comparison {
        let random: [Float]
        var warmStart: Pretraining.Outcome?
        /// What the baselines were fine-tuned from: parameters of the plain model.
        var baselines: [(method: Method, parameters: [Float])] = []
        var columns: [TrainingResult.Column] = []
        var fineTuning: [FineTuningTable] = []
        var supportSizes: [SupportSizeTable] = []
        var sequences: SequenceTable?
        /// What is not in the tables, and why.
        var notes: [String] = []

        init(random: [Float]) {
            self.random = random
        }
    }

    /// Where a method is scored: rivals of a model with a closed-form head are the plain model,
    /// fine-tuned.
    private func bench(of method: Method) -> TestBench {
        let settings = learner.adaptation(configuration.adaptation)
        guard networks.headed != nil, method != .meta else {
            return TestBench(
                source: source, network: network, pool: pool, settings: settings,
                threads: threads, sharing: sharing, cost: cost(of:))
        }
        return bench(of: networks.plain, settings)
    }

    private func bench(of network: any Network, _ settings: AdaptationSettings) -> TestBench {
        var settings = settings
        settings.loss = source.loss
        settings.scoresDivergence = true
        return TestBench(
            source: source, network: network,
            pool: AdaptationPool(
                network: network, settings: settings, tasksAtOnce: threads, threads: threads,
                trajectoryBudget: configuration.trajectoryBudgetMiB << 20),
            settings: settings, threads: threads, sharing: sharing, cost: cost(of:))
    }

    /// Compares all methods on the test tasks.
    func test(
        _ state: TrainingState, _ comparison: inout Comparison,
        _ progress: (TrainingEvent) throws -> Void
    ) throws {
        guard !source.ids(in: .test).isEmpty else { return }
        comparison.fineTuning = configuration.studies.convergence.map { FineTuningTable(steps: $0) }
        comparison.supportSizes = configuration.studies.support.map { SupportSizeTable(share: $0) }
        let testCount = source.ids(in: .test).count
        comparison.sequences = configuration.studies.sequences.map {
            SequenceTable(
                isOfIndependentSequences: source.drawsEpisodes && $0.areApart(testCount))
        }
        if configuration.baselines.random {
            comparison.baselines.append((.random, comparison.random))
            try score(.random, .parameters(withRates(comparison.random)), &comparison, progress)
        }
        if let settings = configuration.baselines.pretrained,
            let outcome = try pretrainedBaseline(settings, state, &comparison, progress)
        {
            comparison.baselines.append((.pretrained, outcome.parameters))
            var (bench, start) = (bench(of: .pretrained), withRates(outcome.parameters))
            if let model = try fineTuned(settings) {
                bench = self.bench(of: model.network, model.settings)
                start = model.start(from: outcome.parameters)
            }
            try score(
                .pretrained, .parameters(start), &comparison, progress, on: bench,
                gradients: outcome.gradientCount)
        }
        for classifier in classifiers {
            try score(classifier.method, .classifier(classifier), &comparison, progress)
        }
        try score(
            .meta, .parameters(state.bestParameters), &comparison, progress,
            gradients: state.gradientCount, products: state.hessianProductCount)
    }

    /// The pre-trained model that is compared; `nil` when its training diverged, which is noted and
    /// does not end the table.
    private func pretrainedBaseline(
        _ settings: TrainingConfiguration.Baselines.Pretrained, _ state: TrainingState,
        _ comparison: inout Comparison, _ progress: (TrainingEvent) throws -> Void
    ) throws -> Pretraining.Outcome? {
        let budget =
            settings.matchesGradients ? state.gradientCount + state.hessianProductCount : nil
        // The warm start had the passes that were asked for; only a budget asks for others.
        if let warmStart = comparison.warmStart, budget == nil { return warmStart }
        return try sharing.pretraining {
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
    }

    /// Scores a method after the configured fine-tuning and in every study.
    private func score(
        _ method: Method, _ start: TestBench.Start, _ comparison: inout Comparison,
        _ progress: (TrainingEvent) throws -> Void, on other: TestBench? = nil,
        gradients: Int = 0, products: Int = 0
    ) throws {
        let (bench, ids) = (other ?? bench(of: method), source.ids(in: .test))
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
        if let settings = configuration.studies.sequences, case .parameters(let initial) = start,
            !bench.isClosedForm
        {
            comparison.sequences?.columns.append(
                SequenceTable.Column(
                    method: method,
                    scores: try bench.scores(
                        of: settings.draw(from: ids.count), on: ids, initial: initial)))
        }
    }

    /// The pre-trained model as it is fine-tuned; `nil` when it is as the meta-trained one.
    func fineTuned(
        _ settings: TrainingConfiguration.Baselines.Pretrained
    ) throws(MetaLearningError) -> FineTunedModel? {
        guard !settings.isFineTunedAsUsual else { return nil }
        return try FineTunedModel(
            settings.fineTuning, of: networks.plain, configuration.adaptation,
            seed: configuration.seed)
    }

    /// Learned rates belong to the meta-trained model; the others take the configured one.
    private func withRates(_ parameters: [Float]) -> [Float] {
        let rates = configuration.rateLayout(of: network.parameters)?.count ?? 0
        return parameters
            + Array(repeating: Float(configuration.inner.learningRate), count: rates)
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
        if let fewShot = configuration.fewShot {
            notes.append(fewShot.summary(isOfClasses: source.drawsEpisodes))
        }
        if !configuration.variation.isEmpty {
            notes.append("Tasks were varied: \(configuration.variation.summary).")
        }
        if !source.targetNames.isEmpty { notes.append(RegressionScore.note) }
        guard !comparison.columns.isEmpty else {
            return notes + ["There are no test tasks, so nothing was compared."]
        }
        if source.drawsEpisodes, let count = comparison.columns.first?.scores.count, count > 1 {
            notes.append(
                "Intervals are 95 % intervals of the mean over \(count) episodes or tasks that are "
                    + "independent of each other, mean ± 1.96 s/√n, of this seed.")
        }
        let about = TestNotes(configuration: configuration, columns: comparison.columns)
        return notes + [about.budget].compactMap(\.self) + comparison.notes
            + TestNotes.divergences(in: comparison.columns)
            + comparison.fineTuning.flatMap {
                TestNotes.divergences(in: $0.columns, " after \($0.steps) steps")
            }
            + comparison.supportSizes.flatMap {
                TestNotes.divergences(in: $0.columns, " on \($0.share) of each support")
            } + (comparison.sequences?.divergences ?? [])
    }
}
