private import Autodiff
private import Foundation
private import SeededRandom

/// Meta-trains a model on a source's tasks and compares it with baselines on the test tasks.
public struct Trainer: Sendable {
    /// The settings.
    public let configuration: TrainingConfiguration
    /// The model.
    public let network: any Network
    /// Threads in use.
    public let threads: Int

    private let source: any EpisodeSource
    private let pool: AdaptationPool<Float>
    private let learner: any MetaLearner
    private let variation: (any WindowVariation)?

    /// Prepares training.
    ///
    /// - Parameters:
    ///   - source: Where tasks come from; it needs training tasks.
    ///   - configuration: The settings.
    /// - Throws: ``MetaLearningError`` when there is no training task, or no class or window.
    public init(
        source: any EpisodeSource, configuration: TrainingConfiguration
    ) throws(MetaLearningError) {
        guard !source.ids(in: .train).isEmpty else {
            throw MetaLearningError(
                .emptySplit(.train), at: "the task collection",
                hint: "put at least one task into the training split")
        }
        let width = source.channelCount * source.windowLength
        guard width >= 1, !source.outputNames.isEmpty else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "at least one number a window, and classes or targets to learn",
                    found: "\(width) and none"),
                at: "the task collection",
                hint: "build it from labeled recordings, or with targets")
        }
        self.source = source
        self.configuration = configuration
        threads = configuration.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        network = try configuration.model.placed(on: source.electrodeGrid).network(
            channelCount: source.channelCount, windowLength: source.windowLength,
            classCount: source.outputNames.count)
        learner = configuration.learner
        variation = configuration.augmentation ? source.variation : nil
        var settings = learner.adaptation(configuration.adaptation)
        settings.loss = source.loss
        pool = AdaptationPool(
            network: network, settings: settings,
            tasksAtOnce: min(configuration.tasksPerStep, source.ids(in: .train).count),
            threads: threads, trajectoryBudget: configuration.trajectoryBudgetMB << 20)
    }

    /// Trains, selects and tests.
    ///
    /// The test tasks are read after the parameters have been selected, never before.
    ///
    /// - Parameters:
    ///   - run: The folder that keeps the run; it goes on where it stopped when it was resumed.
    ///   - progress: Called as things happen, from the calling thread.
    /// - Returns: The parameters and the test table.
    /// - Throws: ``MetaLearningError``, or what the source throws.
    public func train(
        into run: TrainingRun? = nil,
        progress: @Sendable (TrainingEvent) -> Void = { _ in }
    ) throws -> TrainingResult {
        let random: Parameters<Float> = network.initialParameters(seed: configuration.seed)
        var comparison = Comparison(random: random.values)
        var initial = random.values
        if configuration.initial == .pretrained {
            let pretrained = try pretrain(from: initial, gradients: nil, progress)
            initial = pretrained.parameters
            comparison.warmStart = pretrained
        }
        if case .learnedRates(let start) = learner.adaptation(configuration.adaptation).optimizer {
            initial += Array(repeating: Float(start), count: initial.count)
        }
        var state = TrainingState(
            initial: initial, configuration.outer,
            sampler: TaskSampler(
                source.ids(in: .train), settings: configuration.sampling, seed: configuration.seed,
                key: source.group(of:)))
        state.gradientCount = comparison.warmStart?.gradientCount ?? 0
        try run?.restore(&state, configuration: configuration)
        progress(.prepared(try preparation(state)))
        while state.epochsDone < configuration.metaEpochs {
            let report = try trainEpoch(&state, progress)
            progress(.epoch(report))
            try run?.save(
                state, try checkpoint(state.parameters),
                best: try checkpoint(state.bestParameters), configuration: configuration)
        }
        let why = selectionNote
        progress(.selected(epoch: state.bestEpoch, why: why))
        let columns = try test(state, &comparison, progress)
        let count = network.parameters.count
        let result = TrainingResult(
            parameters: Parameters(
                layout: network.parameters, values: Array(state.bestParameters.prefix(count))),
            lastParameters: Parameters(
                layout: network.parameters, values: Array(state.parameters.prefix(count))),
            selectedEpoch: state.bestEpoch, epochs: state.reports, columns: columns,
            fineTuning: comparison.fineTuning, notes: notes(why, columns))
        try run?.finish(result)
        return result
    }

    // MARK: Meta-training

    private func trainEpoch(
        _ state: inout TrainingState, _ progress: (TrainingEvent) -> Void
    ) throws -> EpochReport {
        let clock = ContinuousClock()
        let start = clock.now
        let epoch = state.epochsDone + 1
        let rate = configuration.learningRateSchedule.rate(
            configuration.outer.learningRate, epoch: state.epochsDone,
            losses: state.reports.map { $0.validationLoss ?? $0.trainLoss })
        var generator = SeededGenerator(
            seed: configuration.seed, stream: "task order of epoch \(epoch)")
        let ids = generator.shuffled(source.ids(in: .train))
        let steps = Minibatches(sampleCount: ids.count, size: configuration.tasksPerStep)
        let isShuffled = configuration.sampling.regime == .shuffled
        let stepCount =
            isShuffled ? steps.count : configuration.sampling.stepsPerEpoch ?? steps.count
        var outcomes: [AdaptationOutcome<Float>] = []
        for step in 0..<stepCount {
            let stepStart = clock.now
            let draws = state.sampler.draw(
                configuration.tasksPerStep,
                shuffled: isShuffled ? Array(ids[steps[step]]) : [],
                step: state.optimizer.stepCount, from: &generator)
            let done = try adapt(
                draws.map(\.id), goal: learner.goal(epoch: state.epochsDone),
                from: state.parameters, round: UInt64(state.optimizer.stepCount), varied: variation)
            try move(&state, by: done, weights: draws.map(\.weight), rate: rate, epoch: epoch)
            state.sampler.insert(done.map(\.meanQueryLoss), of: draws)
            let scores = Scores(done)
            progress(
                .step(
                    TrainingEvent.Step(
                        epoch: epoch, step: step + 1, stepCount: stepCount, loss: scores.loss,
                        accuracy: scores.accuracy,
                        tasksPerSecond: Double(done.count) / (clock.now - stepStart).seconds)))
            outcomes += done.map(\.withoutGradient)
        }
        let validation = try adapt(
            source.ids(in: .validation), goal: .score, from: state.parameters)
        let (trained, validated) = (Scores(outcomes), Scores(validation))
        let report = EpochReport(
            epoch: epoch, learningRate: rate, trainLoss: trained.loss,
            trainAccuracy: trained.accuracy,
            validationLoss: validation.isEmpty ? nil : validated.loss,
            validationAccuracy: validation.isEmpty ? nil : validated.accuracy,
            seconds: (clock.now - start).seconds)
        state.finish(report, selects: configuration.selection)
        return report
    }

    /// Takes one meta-step along the tasks' gradients, combined in the tasks' order.
    private func move(
        _ state: inout TrainingState, by outcomes: [AdaptationOutcome<Float>], weights: [Double],
        rate: Double, epoch: Int
    ) throws(MetaLearningError) {
        var gradient: [Float] = []
        MetaGradient(averages: configuration.outer.averages, clipNorm: configuration.outer.clipNorm)
            .combine(outcomes, weights: weights, into: &gradient)
        for outcome in outcomes {
            state.gradientCount += outcome.gradientCount
            state.hessianProductCount += outcome.hessianProductCount
        }
        guard gradient.allSatisfy(\.isFinite) else {
            throw MetaLearningError(
                .notFinite("the meta-gradient"),
                at: "epoch \(epoch), tasks \(outcomes.map(\.id).joined(separator: ", "))",
                hint: "lower inner.learning_rate or take fewer inner epochs")
        }
        state.optimizer.step(&state.parameters, gradient: gradient, learningRate: rate)
    }

    private func adapt(
        _ ids: [String], goal: AdaptationGoal, from parameters: [Float], round: UInt64 = 0,
        steps: Int? = nil, varied variation: (any WindowVariation)? = nil
    ) throws -> [AdaptationOutcome<Float>] {
        let (source, network, seed) = (source, network, configuration.seed)
        let load: @Sendable (Int) throws -> TaskSamples<Float> = { index in
            try TaskSamples(source.episode(ids[index]), for: network).varied(
                by: variation, seed: seed, round: "meta-step \(round)")
        }
        if learner.sequenceLength > 1, goal == .firstOrderGradient {
            return try pool.adaptSequences(
                count: ids.count, learner: learner, initial: parameters, round: round,
                seed: configuration.seed, load: load)
        }
        return try pool.adapt(
            count: ids.count, goal: goal, initial: parameters, round: round, steps: steps,
            load: load)
    }

    // MARK: Selection and test

    private var selectionNote: String {
        if configuration.selection == .lastEpoch { return "the last epoch, as configured" }
        return source.ids(in: .validation).isEmpty
            ? "the last epoch: there are no validation tasks to choose by, and test tasks are "
                + "never used for it"
            : "the lowest mean validation loss"
    }

    /// What the methods start from, and what became of them.
    private struct Comparison {
        let random: [Float]
        var warmStart: Pretraining.Outcome?
        var fineTuning: [FineTuningTable] = []

        init(random: [Float]) {
            self.random = random
        }
    }

    private func test(
        _ state: TrainingState, _ comparison: inout Comparison,
        _ progress: (TrainingEvent) -> Void
    ) throws -> [TrainingResult.Column] {
        let ids = source.ids(in: .test)
        guard !ids.isEmpty else { return [] }
        var columns: [TrainingResult.Column] = []
        var tables = configuration.fineTuningSteps.map { FineTuningTable(steps: $0) }
        func score(_ method: Method, _ parameters: [Float], _ gradients: Int, _ products: Int)
            throws
        {
            // Learned rates belong to the meta-trained model; the others take the configured one.
            var parameters = parameters
            if learner.adaptation(configuration.adaptation).optimizer.learnsRates,
                parameters.count == network.parameters.count
            {
                parameters += Array(
                    repeating: Float(configuration.inner.learningRate), count: parameters.count)
            }
            func column(steps: Int?) throws -> TrainingResult.Column {
                let outcomes = try adapt(ids, goal: .score, from: parameters, steps: steps)
                return TrainingResult.Column(
                    method: method, scores: outcomes.map(TrainingResult.Score.init),
                    trainingGradients: gradients, hessianProducts: products)
            }
            let whole = try column(steps: nil)
            progress(.tested(method, meanAccuracy: whole.meanAccuracy))
            columns.append(whole)
            for index in tables.indices {
                tables[index].columns.append(try column(steps: tables[index].steps))
            }
        }
        if configuration.baselines.random { try score(.random, comparison.random, 0, 0) }
        if let settings = configuration.baselines.pretrained {
            let budget =
                settings.matchesGradients
                ? state.gradientCount + state.hessianProductCount : nil
            // The warm start had the passes that were asked for; only a budget asks for others.
            let outcome: Pretraining.Outcome
            if let warmStart = comparison.warmStart, budget == nil {
                outcome = warmStart
            } else {
                outcome = try pretrain(from: comparison.random, gradients: budget, progress)
            }
            try score(.pretrained, outcome.parameters, outcome.gradientCount, 0)
        }
        try score(.meta, state.bestParameters, state.gradientCount, state.hessianProductCount)
        comparison.fineTuning = tables
        return columns
    }

    private func pretrain(
        from initial: [Float], gradients: Int?, _ progress: (TrainingEvent) -> Void
    ) throws -> Pretraining.Outcome {
        let settings = configuration.baselines.pretrained ?? .init()
        let tasks = try source.ids(in: .train).map {
            try TaskSamples<Float>(source.episode($0), for: network)
        }
        let pretraining = Pretraining(
            network: network, settings: settings, seed: configuration.seed, loss: source.loss,
            variation: variation)
        return try pretraining.train(on: tasks, from: initial, gradients: gradients) {
            epoch, loss, accuracy in
            progress(
                .pretraining(
                    epoch: epoch, of: gradients == nil ? settings.epochs : nil, loss: loss,
                    accuracy: accuracy))
        }
    }

    private func notes(_ why: String, _ columns: [TrainingResult.Column]) -> [String] {
        var notes = ["Selected: \(why)."]
        if let variation { notes.append("Training windows were varied: \(variation.summary).") }
        if !source.targetNames.isEmpty { notes.append(RegressionScore.note) }
        guard !columns.isEmpty else {
            return notes + ["There are no test tasks, so nothing was compared."]
        }
        let counts = Set(columns.map { $0.trainingGradients + $0.hessianProducts })
        if counts.count > 1 {
            notes.append(
                "The methods took different numbers of gradients before fine-tuning ("
                    + columns.map {
                        "\($0.method.rawValue) \($0.trainingGradients + $0.hessianProducts)"
                    }
                    .joined(separator: ", ")
                    + ", Hessian-vector products counted as gradients); compare them with that in "
                    + "mind.")
        }
        return notes
    }

    // MARK: Preparation

    private func preparation(_ state: TrainingState) throws -> TrainingEvent.Preparation {
        var trajectory = (bytes: 0, recomputation: 1.0)
        if learner.goal(epoch: 0).isThroughSteps, let id = source.ids(in: .train).first {
            trajectory = pool.trajectory(supportCount: try source.episode(id).support.count)
        }
        return TrainingEvent.Preparation(
            taskCounts: Dictionary(
                uniqueKeysWithValues: EpisodeSplit.allCases.map { ($0, source.ids(in: $0).count) }),
            parameterCount: network.parameters.count, threads: threads,
            trajectoryBytes: trajectory.bytes, recomputation: trajectory.recomputation,
            epochsDone: state.epochsDone)
    }

    private func checkpoint(_ parameters: [Float]) throws(MetaLearningError) -> ModelCheckpoint {
        let values = Array(parameters.prefix(network.parameters.count))
        return try ModelCheckpoint(
            model: configuration.model.placed(on: source.electrodeGrid),
            parameters: Parameters(layout: network.parameters, values: values),
            classNames: source.outputNames, channelCount: source.channelCount,
            windowLength: source.windowLength)
    }
}
