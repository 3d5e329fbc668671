private import Autodiff
private import Foundation
private import SeededRandom

/// Meta-trains a model on a source's tasks and compares it with baselines on the test tasks.
public struct Trainer: Sendable {
    /// The settings.
    public let configuration: TrainingConfiguration
    /// The model.
    public let network: DenseNetwork
    /// Threads in use.
    public let threads: Int

    private let source: any EpisodeSource
    private let pool: AdaptationPool<Float>

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
        guard width >= 1, !source.classNames.isEmpty else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "at least one number a window and one class",
                    found: "\(width) and \(source.classNames.count)"),
                at: "the task collection")
        }
        self.source = source
        self.configuration = configuration
        threads = configuration.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        network = DenseNetwork(
            inputWidth: width, hidden: configuration.model.hidden,
            classCount: source.classNames.count)
        pool = AdaptationPool(
            network: network, settings: configuration.adaptation,
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
        let initial: Parameters<Float> = network.initialParameters(seed: configuration.seed)
        var state = TrainingState(initial: initial.values, configuration.outer)
        try run?.restore(&state, configuration: configuration)
        progress(.prepared(try preparation(state)))
        while state.epochsDone < configuration.metaEpochs {
            let report = try trainEpoch(&state, progress)
            progress(.epoch(report))
            try run?.save(
                state, checkpoint(state.parameters), best: checkpoint(state.bestParameters),
                configuration: configuration)
        }
        let why = selectionNote
        progress(.selected(epoch: state.bestEpoch, why: why))
        let columns = try test(state, initial: initial.values, progress)
        let result = TrainingResult(
            parameters: Parameters(layout: network.parameters, values: state.bestParameters),
            lastParameters: Parameters(layout: network.parameters, values: state.parameters),
            selectedEpoch: state.bestEpoch, epochs: state.reports, columns: columns,
            notes: notes(why, columns))
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
        let rate = configuration.outer.stepSchedule.rate(
            configuration.outer.learningRate, epoch: state.epochsDone)
        var generator = SeededGenerator(
            seed: configuration.seed, stream: "task order of epoch \(epoch)")
        let ids = generator.shuffled(source.ids(in: .train))
        let steps = Minibatches(sampleCount: ids.count, size: configuration.tasksPerStep)
        var outcomes: [AdaptationOutcome<Float>] = []
        for step in 0..<steps.count {
            let stepStart = clock.now
            let group = Array(ids[steps[step]])
            let done = try adapt(group, goal: configuration.goal, from: state.parameters)
            try move(&state, by: done, rate: rate, epoch: epoch)
            let scores = Scores(done)
            progress(
                .step(
                    TrainingEvent.Step(
                        epoch: epoch, step: step + 1, stepCount: steps.count, loss: scores.loss,
                        accuracy: scores.accuracy,
                        tasksPerSecond: Double(group.count) / (clock.now - stepStart).seconds)))
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

    /// Takes one meta-step along the sum of tasks' gradients, summed in the tasks' order.
    private func move(
        _ state: inout TrainingState, by outcomes: [AdaptationOutcome<Float>], rate: Double,
        epoch: Int
    ) throws(MetaLearningError) {
        var sum = [Float](repeating: 0, count: network.parameters.count)
        for outcome in outcomes {
            for index in sum.indices { sum[index] += outcome.gradient[index] }
            state.gradientCount += outcome.supportLosses.count + outcome.queryBatchCount
            if configuration.goal == .exactGradient {
                state.hessianProductCount += outcome.supportLosses.count
            }
        }
        guard sum.allSatisfy(\.isFinite) else {
            throw MetaLearningError(
                .notFinite("the meta-gradient"),
                at: "epoch \(epoch), tasks \(outcomes.map(\.id).joined(separator: ", "))",
                hint: "lower inner.learning_rate or take fewer inner epochs")
        }
        state.optimizer.step(&state.parameters, gradient: sum, learningRate: rate)
    }

    private func adapt(
        _ ids: [String], goal: AdaptationGoal, from parameters: [Float]
    ) throws -> [AdaptationOutcome<Float>] {
        let (source, network) = (source, network)
        return try pool.adapt(count: ids.count, goal: goal, initial: parameters) { index in
            try TaskSamples(source.episode(ids[index]), for: network)
        }
    }

    // MARK: Selection and test

    private var selectionNote: String {
        if configuration.selection == .lastEpoch { return "the last epoch, as configured" }
        return source.ids(in: .validation).isEmpty
            ? "the last epoch: there are no validation tasks to choose by, and test tasks are "
                + "never used for it"
            : "the lowest mean validation loss"
    }

    private func test(
        _ state: TrainingState, initial: [Float], _ progress: (TrainingEvent) -> Void
    ) throws -> [TrainingResult.Column] {
        let ids = source.ids(in: .test)
        guard !ids.isEmpty else { return [] }
        var columns: [TrainingResult.Column] = []
        func score(_ method: Method, _ parameters: [Float], _ gradients: Int, _ products: Int)
            throws
        {
            let outcomes = try adapt(ids, goal: .score, from: parameters)
            let column = TrainingResult.Column(
                method: method, scores: outcomes.map(TrainingResult.Score.init),
                trainingGradients: gradients, hessianProducts: products)
            progress(.tested(method, meanAccuracy: column.meanAccuracy))
            columns.append(column)
        }
        if configuration.baselines.random { try score(.random, initial, 0, 0) }
        if let settings = configuration.baselines.pretrained {
            let tasks = try source.ids(in: .train).map {
                try TaskSamples<Float>(source.episode($0), for: network)
            }
            let pretraining = Pretraining(
                network: network, settings: settings, seed: configuration.seed)
            let outcome = try pretraining.train(on: tasks, from: initial) { epoch, loss, accuracy in
                progress(
                    .pretraining(
                        epoch: epoch, of: settings.epochs, loss: loss, accuracy: accuracy))
            }
            try score(.pretrained, outcome.parameters, outcome.gradientCount, 0)
        }
        try score(.meta, state.bestParameters, state.gradientCount, state.hessianProductCount)
        return columns
    }

    private func notes(_ why: String, _ columns: [TrainingResult.Column]) -> [String] {
        var notes = ["Selected: \(why)."]
        guard !columns.isEmpty else {
            return notes + ["There are no test tasks, so nothing was compared."]
        }
        let counts = Set(columns.map(\.trainingGradients))
        if counts.count > 1 {
            notes.append(
                "The methods took different numbers of gradients before fine-tuning ("
                    + columns.map { "\($0.method.rawValue) \($0.trainingGradients)" }
                    .joined(separator: ", ") + "); compare them with that in mind.")
        }
        return notes
    }

    // MARK: Preparation

    private func preparation(_ state: TrainingState) throws -> TrainingEvent.Preparation {
        var trajectory = (bytes: 0, recomputation: 1.0)
        if configuration.goal == .exactGradient, let id = source.ids(in: .train).first {
            trajectory = pool.trajectory(supportCount: try source.episode(id).support.count)
        }
        return TrainingEvent.Preparation(
            taskCounts: Dictionary(
                uniqueKeysWithValues: EpisodeSplit.allCases.map { ($0, source.ids(in: $0).count) }),
            parameterCount: network.parameters.count, threads: threads,
            trajectoryBytes: trajectory.bytes, recomputation: trajectory.recomputation,
            epochsDone: state.epochsDone)
    }

    private func checkpoint(_ parameters: [Float]) -> ModelCheckpoint {
        ModelCheckpoint(
            network: network,
            parameters: Parameters(layout: network.parameters, values: parameters),
            classNames: source.classNames, channelCount: source.channelCount,
            windowLength: source.windowLength)
    }
}
