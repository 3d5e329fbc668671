private import Autodiff
package import Distribution
private import Foundation

/// Meta-trains a model on a source's tasks and compares it with baselines on the test tasks.
public struct Trainer: Sendable {
    /// The settings of training, baselines and studies.
    public let configuration: TrainingConfiguration
    /// The model that is trained, built for the width of the windows.
    public let network: any Network
    /// Threads in use.
    public let threads: Int

    let source: any EpisodeSource
    let networks: LearnerNetworks
    let pool: AdaptationPool<Float>
    let learner: any MetaLearner
    /// How training windows are varied; `nil` for not at all.
    let variation: (any WindowVariation)?
    /// What is compared besides and is no model of this module.
    let classifiers: [any SupportClassifier]
    /// The processes that train together.
    let sharing: TaskSharing
    var ranks: RankGroup { sharing.ranks }
    /// The number of each task, which says which rank reads it mostly.
    let homes: [String: Int]

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
        try self.init(
            source: source, configuration: configuration, classifiers: classifiers,
            ranks: RankGroup())
    }

    /// Prepares training together with other processes: all ranks prepare the same.
    ///
    /// - Parameters:
    ///   - source: Where tasks come from; each rank reads the tasks that it works on.
    ///   - configuration: The settings.
    ///   - classifiers: What is compared on the test tasks besides.
    ///   - ranks: The processes.
    /// - Throws: ``MetaLearningError`` as for a process by itself.
    package init(
        source: any EpisodeSource, configuration: TrainingConfiguration,
        classifiers: [any SupportClassifier] = [], ranks: RankGroup
    ) throws(MetaLearningError) {
        sharing = TaskSharing(ranks: ranks)
        homes =
            ranks.isAlone
            ? [:]
            : Dictionary(
                EpisodeSplit.allCases.flatMap { source.ids(in: $0).enumerated() }
                    .map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
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
        self.source = VariedEpisodes.varying(source, by: configuration, trains: true)
        self.configuration = configuration
        self.classifiers = classifiers
        threads =
            configuration.threads ?? ranks.fairThreads
            ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
        learner = configuration.learner
        networks = try LearnerNetworks(
            learner, configuration.model.placed(on: source), channelCount: source.channelCount,
            windowLength: source.windowLength, classCount: source.outputNames.count,
            loss: source.loss)
        network = networks.learning
        variation = configuration.augmentation ? source.variation : nil
        var settings = learner.adaptation(configuration.adaptation)
        settings.loss = source.loss
        settings.scoresDivergence = true
        let tasksPerStep = min(configuration.tasksPerStep, source.ids(in: .train).count)
        pool = AdaptationPool(
            network: network, settings: settings,
            tasksAtOnce: (tasksPerStep + ranks.size - 1) / ranks.size,
            threads: threads, trajectoryBudget: configuration.trajectoryBudgetMiB << 20)
        // A model that cannot be fine-tuned as is asked is refused before anything is trained.
        if let pretrained = configuration.baselines.pretrained { _ = try fineTuned(pretrained) }
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
            // In the middle of an epoch there is something to save first.
            if case .pretraining = event, observer?.wantsStop == true {
                throw TrainingStop(moment: "in pre-training")
            }
            if case .tested(let method, _) = event, method != .meta,
                try wantsStop(observer)
            {
                throw TrainingStop(moment: "while test tasks were scored")
            }
        }
        var (state, comparison) = try start(progress)
        try run?.restore(&state, configuration: configuration)
        try share(&state)
        // Only the first rank tells of it.
        if ranks.isFirst { try progress(.prepared(try preparation(state))) }
        if state.optimizer.stepCount == 0 { try considerStart(&state) }
        while state.epochsDone < configuration.metaEpochs {
            try trainEpoch(&state, into: run, observer, progress)
        }
        let why = selectionNote
        try progress(.selected(epoch: state.bestEpoch, why: why))
        try test(state, &comparison, progress)
        let result = result(state, comparison, selected: why)
        // What an observer makes of the run's files is there when the run says that it is done.
        try run?.keep(result)
        for baseline in comparison.baselines {
            try run?.save(baseline.method, try plainCheckpoint(baseline.parameters))
        }
        try observer?.observe(result)
        try run?.finish(result)
        // Nobody leaves before the first rank has written everything.
        _ = try ranks.agree(onStop: false)
        return result
    }

    /// Whether training should stop: when any rank's observer wants it.
    func wantsStop(_ observer: (any TrainingObserver)?) throws -> Bool {
        try ranks.agree(onStop: observer?.wantsStop ?? false)
    }

    /// What training starts from: random parameters or pre-trained ones, with learned rates behind
    /// them when there are any.
    private func start(
        _ progress: (TrainingEvent) throws -> Void
    ) throws -> (TrainingState, Comparison) {
        let random: Parameters<Float> = networks.plain.initialParameters(
            seed: configuration.seed)
        var comparison = Comparison(random: random.values)
        var initial = random.values
        if configuration.initial == .pretrained {
            let pretrained = try sharing.pretraining {
                try pretrain(from: initial, gradients: nil, progress)
            }
            initial = pretrained?.parameters ?? initial
            comparison.warmStart = pretrained
        }
        if networks.headed != nil {
            initial = try sharing.fromFirst {
                try networks.start(plain: initial, seed: configuration.seed) {
                    try trainingTasks(for: network)
                }
            }
        }
        initial += learner.adaptation(configuration.adaptation).optimizer
            .startRates(of: network.parameters)
        var state = TrainingState(
            initial: initial, configuration.outer,
            sampler: TaskSampler(
                source.ids(in: .train), settings: configuration.sampling, seed: configuration.seed,
                key: source.group(of:)))
        state.gradientCount = comparison.warmStart?.gradientCount ?? 0
        return (state, comparison)
    }

    private func result(
        _ state: TrainingState, _ comparison: Comparison, selected why: String
    ) -> TrainingResult {
        let count = network.parameters.count
        return TrainingResult(
            parameters: Parameters(
                layout: network.parameters, values: Array(state.bestParameters.prefix(count))),
            lastParameters: Parameters(
                layout: network.parameters, values: Array(state.parameters.prefix(count))),
            selectedEpoch: state.bestEpoch, epochs: state.reports, columns: comparison.columns,
            fineTuning: comparison.fineTuning, supportSizes: comparison.supportSizes,
            sequences: comparison.sequences,
            isOfEpisodes: source.drawsEpisodes && source.ids(in: .test).count > 1,
            notes: notes(why, comparison))
    }

    // MARK: Baselines

    func pretrain(
        from initial: [Float], gradients: Int?, _ progress: (TrainingEvent) throws -> Void
    ) throws -> Pretraining.Outcome {
        let settings = configuration.baselines.pretrained ?? .init()
        // Classes that are numbered anew are learned by their own names, with a last layer for them.
        let known = try knownNetwork()
        let (ids, isVaried) = (source.ids(in: .train), !configuration.variation.train.isEmpty)
        func tasks(pass: Int) throws -> [TaskSamples<Float>] {
            let round = EpisodeRound("pre-training pass \(pass)", variesClasses: false)
            return try ids.map { try TaskSamples(source.episode($0, in: round), for: known) }
        }
        let pretraining = Pretraining(
            network: known, settings: settings, seed: configuration.seed, loss: source.loss,
            variation: variation)
        let start =
            source.knownClassNames == source.classNames
            ? initial : known.initialParameters(seed: configuration.seed, as: Float.self).values
        let outcome = try pretraining.train(
            on: try tasks(pass: 1), redrawn: isVaried ? tasks : nil, from: start,
            gradients: gradients
        ) { _, epoch, loss, accuracy in
            try progress(
                .pretraining(
                    epoch: epoch, of: gradients == nil ? settings.epochs : nil, loss: loss,
                    accuracy: accuracy))
        }
        guard source.knownClassNames != source.classNames else { return outcome }
        return Pretraining.Outcome(
            parameters: body(of: outcome.parameters, in: known, before: initial),
            gradientCount: outcome.gradientCount)
    }

    /// The model with an output for each class of training; the model itself where classes are not
    /// numbered anew.
    private func knownNetwork() throws(MetaLearningError) -> any Network {
        guard source.knownClassNames != source.classNames else { return networks.plain }
        return try configuration.model.placed(on: source).network(
            channelCount: source.channelCount, windowLength: source.windowLength,
            classCount: source.knownClassNames.count)
    }

    /// The parameters of a model of other classes before its last layer, with the last layer of
    /// these.
    private func body(
        of other: [Float], in network: any Network, before initial: [Float]
    ) -> [Float] {
        let (own, theirs) = (
            networks.plain.parameters.lastLayers(1), network.parameters.lastLayers(1)
        )
        let before = other[..<theirs.lowerBound] + other[theirs.upperBound...]
        let after = before.dropFirst(own.lowerBound)
        return Array(before.prefix(own.lowerBound)) + initial[own] + after
    }

    private func trainingTasks(for network: any Network) throws -> [TaskSamples<Float>] {
        try source.ids(in: .train).map {
            try TaskSamples<Float>(source.episode($0), for: network)
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
            parameterCount: network.parameters.count, threads: threads, rankCount: ranks.size,
            hostCount: Set(ranks.hosts).count, trajectoryBytes: trajectory.bytes,
            recomputation: trajectory.recomputation,
            epochsDone: state.epochsDone, epochCount: configuration.metaEpochs,
            stepsDone: state.optimizer.stepCount)
    }
}
