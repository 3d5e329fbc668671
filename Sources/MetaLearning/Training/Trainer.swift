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

    let source: any EpisodeSource
    let pool: AdaptationPool<Float>
    let learner: any MetaLearner
    /// How training windows are varied; `nil` for not at all.
    let variation: (any WindowVariation)?
    /// What is compared besides and is no model of this module.
    let classifiers: [any SupportClassifier]

    /// Prepares training.
    ///
    /// - Parameters:
    ///   - source: Where tasks come from; it needs training tasks.
    ///   - configuration: The settings.
    ///   - classifiers: What is compared on the test tasks besides, fitted to each support.
    /// - Throws: ``MetaLearningError`` when there is no training task, or no class or window.
    public init(
        source: any EpisodeSource, configuration: TrainingConfiguration,
        classifiers: [any SupportClassifier] = []
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
        self.classifiers = classifiers
        threads = configuration.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        network = try configuration.model.placed(on: source).network(
            channelCount: source.channelCount, windowLength: source.windowLength,
            classCount: source.outputNames.count)
        learner = configuration.learner
        variation = configuration.augmentation ? source.variation : nil
        var settings = learner.adaptation(configuration.adaptation)
        settings.loss = source.loss
        pool = AdaptationPool(
            network: network, settings: settings,
            tasksAtOnce: min(configuration.tasksPerStep, source.ids(in: .train).count),
            threads: threads, trajectoryBudget: configuration.trajectoryBudgetMiB << 20)
    }

    /// Trains, selects and tests.
    ///
    /// The test tasks are read after the parameters have been selected, never before.
    ///
    /// - Parameters:
    ///   - run: The folder that keeps the run; it goes on where it stopped when it was resumed.
    ///   - observer: Watches the run and may stop it.
    ///   - show: Called as things happen, from the calling thread.
    /// - Returns: The parameters and the test table.
    /// - Throws: ``MetaLearningError``, ``TrainingStop`` when the observer asked for it, or what
    ///   the source or the observer throws.
    public func train(
        into run: TrainingRun? = nil, observer: (any TrainingObserver)? = nil,
        progress show: @Sendable (TrainingEvent) -> Void = { _ in }
    ) throws -> TrainingResult {
        func progress(_ event: TrainingEvent) throws {
            try observer?.observe(event)
            show(event)
            guard let observer, observer.wantsStop else { return }
            // In the middle of an epoch there is something to save first.
            if case .pretraining = event { throw TrainingStop(moment: "in pre-training") }
            if case .tested(let method, _) = event, method != .meta {
                throw TrainingStop(moment: "while test tasks were scored")
            }
        }
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
        try progress(.prepared(try preparation(state)))
        if state.optimizer.stepCount == 0 { try considerStart(&state) }
        while state.epochsDone < configuration.metaEpochs {
            guard let report = try trainEpoch(&state, observer, progress) else {
                try run?.saveWithinEpoch(state, configuration: configuration)
                throw TrainingStop(
                    moment: "in epoch \(state.epochsDone + 1), after meta-step "
                        + "\(state.optimizer.stepCount)")
            }
            try progress(.epoch(report))
            let last = try checkpoint(state.parameters)
            try observer?.observe(last.parameters, after: report.epoch)
            try run?.save(
                state, last, best: try checkpoint(state.bestParameters),
                configuration: configuration)
            if observer?.wantsStop == true {
                throw TrainingStop(moment: "after epoch \(report.epoch)")
            }
        }
        let why = selectionNote
        try progress(.selected(epoch: state.bestEpoch, why: why))
        try test(state, &comparison, progress)
        let count = network.parameters.count
        let result = TrainingResult(
            parameters: Parameters(
                layout: network.parameters, values: Array(state.bestParameters.prefix(count))),
            lastParameters: Parameters(
                layout: network.parameters, values: Array(state.parameters.prefix(count))),
            selectedEpoch: state.bestEpoch, epochs: state.reports, columns: comparison.columns,
            fineTuning: comparison.fineTuning, supportSizes: comparison.supportSizes,
            notes: notes(why, comparison.columns))
        // What an observer makes of the run's files is there when the run says that it is done.
        try run?.keep(result)
        try observer?.observe(result)
        try run?.finish(result)
        return result
    }

    // MARK: Meta-training

    /// Trains an epoch from where it is; `nil` when it was stopped in the middle.
    private func trainEpoch(
        _ state: inout TrainingState, _ observer: (any TrainingObserver)?,
        _ progress: (TrainingEvent) throws -> Void
    ) throws -> EpochReport? {
        let clock = ContinuousClock()
        let epoch = state.epochsDone + 1
        let rate = configuration.outer.schedule.kind.rate(
            configuration.outer.learningRate, epoch: state.epochsDone,
            of: configuration.metaEpochs,
            losses: state.reports.map { $0.validationLoss ?? $0.trainLoss })
        var generator = SeededGenerator(
            seed: configuration.seed, stream: "task order of epoch \(epoch)")
        let ids = generator.shuffled(source.ids(in: .train))
        let steps = Minibatches(sampleCount: ids.count, size: configuration.tasksPerStep)
        let isShuffled = !configuration.sampling.regime.drawsFromQueue
        let stepCount =
            isShuffled ? steps.count : configuration.sampling.stepsPerEpoch ?? steps.count
        var work = state.partialEpoch ?? EpochProgress(generator: generator)
        for step in work.stepsDone..<max(stepCount, work.stepsDone) {
            let stepStart = clock.now
            let draws = state.sampler.draw(
                configuration.tasksPerStep,
                shuffled: isShuffled ? Array(ids[steps[step]]) : [],
                step: state.optimizer.stepCount, from: &work.generator)
            let done = try adapt(
                draws.map(\.id), goal: learner.goal(epoch: state.epochsDone),
                from: state.parameters, round: UInt64(state.optimizer.stepCount), varied: variation)
            try move(&state, by: done, weights: draws.map(\.weight), rate: rate, epoch: epoch)
            state.sampler.insert(done.map(\.meanQueryLoss), of: draws)
            let scores = Scores(done)
            let seconds = (clock.now - stepStart).seconds
            work.add(done, seconds: seconds)
            try progress(
                .step(
                    TrainingEvent.Step(
                        epoch: epoch, step: step + 1, stepCount: stepCount,
                        totalSteps: state.optimizer.stepCount, loss: scores.loss,
                        accuracy: scores.accuracy, tasksPerSecond: Double(done.count) / seconds)))
            if observer?.wantsStop == true {
                state.partialEpoch = work
                return nil
            }
        }
        let scoring = clock.now
        let validation = try adapt(
            source.ids(in: .validation), goal: .score, from: state.parameters)
        let (trained, validated) = (work.scores, Scores(validation))
        let report = EpochReport(
            epoch: epoch, learningRate: rate, trainLoss: trained.loss,
            trainAccuracy: trained.accuracy,
            validationLoss: validation.isEmpty ? nil : validated.loss,
            validationAccuracy: validation.isEmpty ? nil : validated.accuracy,
            seconds: work.seconds + (clock.now - scoring).seconds)
        state.finish(report, selects: configuration.selection)
        return report
    }

    /// Lets a warm start stand among the epochs that the result is chosen from, so that
    /// meta-training which only harms is not taken.
    private func considerStart(_ state: inout TrainingState) throws {
        guard configuration.initial == .pretrained, configuration.selection == .validationLoss
        else { return }
        let validation = try adapt(
            source.ids(in: .validation), goal: .score, from: state.parameters)
        guard !validation.isEmpty else { return }
        state.bestLoss = Scores(validation).loss
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

    // MARK: Baselines

    func pretrain(
        from initial: [Float], gradients: Int?, _ progress: (TrainingEvent) throws -> Void
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
            try progress(
                .pretraining(
                    epoch: epoch, of: gradients == nil ? settings.epochs : nil, loss: loss,
                    accuracy: accuracy))
        }
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
            epochsDone: state.epochsDone, epochCount: configuration.metaEpochs,
            stepsDone: state.optimizer.stepCount)
    }

    private func checkpoint(_ parameters: [Float]) throws(MetaLearningError) -> ModelCheckpoint {
        let values = Array(parameters.prefix(network.parameters.count))
        return try ModelCheckpoint(
            model: configuration.model.placed(on: source),
            parameters: Parameters(layout: network.parameters, values: values),
            classNames: source.outputNames, channelCount: source.channelCount,
            windowLength: source.windowLength, inputDescription: source.inputDescription)
    }
}
