internal import Distribution
private import SeededRandom

extension Trainer {
    /// Trains an epoch from where it is and saves it; what was done of it is saved when the
    /// observer stops it.
    func trainEpoch(
        _ state: inout TrainingState, into run: TrainingRun?,
        _ observer: (any TrainingObserver)?, _ progress: (TrainingEvent) throws -> Void
    ) throws {
        guard let report = try takeSteps(&state, observer, progress) else {
            try run?.saveWithinEpoch(state, configuration: configuration)
            throw TrainingStop(
                moment: "in epoch \(state.epochsDone + 1), after meta-step "
                    + "\(state.optimizer.stepCount)")
        }
        try progress(.epoch(report))
        if !ranks.isFirst {
            try leaveWhenStopped(observer, after: report.epoch)
            return
        }
        let last = try checkpoint(state.parameters)
        try observer?.observe(last.parameters, after: report.epoch)
        try run?.save(
            state, last, best: try checkpoint(state.bestParameters),
            configuration: configuration)
        try leaveWhenStopped(observer, after: report.epoch)
    }

    private func leaveWhenStopped(
        _ observer: (any TrainingObserver)?, after epoch: Int
    ) throws {
        guard try wantsStop(observer) else { return }
        throw TrainingStop(moment: "after epoch \(epoch)")
    }

    /// Takes the epoch's steps and scores the validation tasks; `nil` when it was stopped in the
    /// middle.
    private func takeSteps(
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
        let goal = learner.goal(epoch: state.epochsDone)
        var work = state.partialEpoch ?? EpochProgress(generator: generator)
        for step in work.stepsDone..<max(stepCount, work.stepsDone) {
            let stepStart = clock.now
            let draws = state.sampler.draw(
                configuration.tasksPerStep,
                shuffled: isShuffled ? Array(ids[steps[step]]) : [],
                step: state.optimizer.stepCount, from: &work.generator)
            // What a queue will draw depends on what comes of this step.
            if isShuffled, step + 1 < stepCount {
                prefetch(Array(ids[steps[step + 1]]), goal: goal)
            }
            let shared = try adapt(
                draws.map(\.id), goal: goal, from: state.parameters,
                round: UInt64(state.optimizer.stepCount), varied: variation)
            try move(&state, by: shared, weights: draws.map(\.weight), rate: rate, epoch: epoch)
            let done = shared.outcomes
            state.sampler.insert(done.map(\.query.meanLoss), of: draws)
            let scores = Scores(done)
            let seconds = (clock.now - stepStart).seconds
            work.add(done, seconds: seconds)
            try progress(
                .step(
                    TrainingEvent.Step(
                        epoch: epoch, step: step + 1, stepCount: stepCount,
                        totalSteps: state.optimizer.stepCount, loss: scores.loss,
                        accuracy: scores.accuracy, tasksPerSecond: Double(done.count) / seconds)))
            if try wantsStop(observer) {
                state.partialEpoch = work
                return nil
            }
        }
        let scoring = clock.now
        let validation = try adapt(
            source.ids(in: .validation), goal: .score, from: state.parameters
        ).outcomes
        let (trained, validated) = (work.scores, Scores(validation))
        var report = EpochReport(
            epoch: epoch, learningRate: rate, trainLoss: trained.loss,
            trainAccuracy: trained.accuracy,
            validationLoss: validation.isEmpty ? nil : validated.loss,
            validationAccuracy: validation.isEmpty ? nil : validated.accuracy,
            seconds: work.seconds + (clock.now - scoring).seconds)
        report.ranks = try meet(with: state.parameters)
        state.finish(report, selects: configuration.selection)
        return report
    }

    /// Lets a start that is better than chance, a warm one or known features, stand among the epochs
    /// that the result is chosen from, so that meta-training which only harms is not taken.
    func considerStart(_ state: inout TrainingState) throws {
        let isGood =
            configuration.initial == .pretrained || networks.headed?.source ?? .none != .none
        guard isGood, configuration.selection == .validationLoss else { return }
        let validation = try adapt(
            source.ids(in: .validation), goal: .score, from: state.parameters
        ).outcomes
        guard !validation.isEmpty else { return }
        state.bestLoss = Scores(validation).loss
    }

    /// Takes one meta-step along the tasks' gradients, combined in the tasks' order.
    private func move(
        _ state: inout TrainingState, by shared: SharedOutcomes, weights: [Double], rate: Double,
        epoch: Int
    ) throws {
        let outcomes = shared.outcomes
        var gradient: [Float] = []
        try MetaGradient(
            averages: configuration.outer.averages, clipNorm: configuration.outer.clipNorm
        ).combine(
            outcomes, weights: weights, of: shared.division, on: ranks,
            count: state.parameters.count, into: &gradient)
        for outcome in outcomes {
            state.gradientCount += outcome.cost.gradientCount
            state.hessianProductCount += outcome.cost.hessianProductCount
        }
        guard gradient.allSatisfy(\.isFinite) else {
            throw MetaLearningError(
                .notFinite("the meta-gradient"),
                at: "epoch \(epoch), tasks \(outcomes.map(\.id).joined(separator: ", "))",
                hint: "lower inner.learning_rate or take fewer inner epochs")
        }
        state.optimizer.step(&state.parameters, gradient: gradient, learningRate: rate)
    }

    /// The plain model with some parameters, as a baseline has them.
    func plainCheckpoint(_ parameters: [Float]) throws(MetaLearningError) -> ModelCheckpoint {
        try ModelCheckpoint(
            model: configuration.model.placed(on: source),
            parameters: Parameters(layout: networks.plain.parameters, values: parameters),
            classNames: source.outputNames, channelCount: source.channelCount,
            windowLength: source.windowLength, inputDescription: source.inputDescription)
    }

    private func checkpoint(_ parameters: [Float]) throws(MetaLearningError) -> ModelCheckpoint {
        let values = Array(parameters.prefix(network.parameters.count))
        return try ModelCheckpoint(
            model: configuration.model.placed(on: source),
            parameters: Parameters(layout: network.parameters, values: values),
            classNames: source.outputNames, channelCount: source.channelCount,
            windowLength: source.windowLength, inputDescription: source.inputDescription,
            learner: learner)
    }
}
