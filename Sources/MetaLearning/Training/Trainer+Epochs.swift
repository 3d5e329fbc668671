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
        let last = try checkpoint(state.parameters)
        try observer?.observe(last.parameters, after: report.epoch)
        try run?.save(
            state, last, best: try checkpoint(state.bestParameters),
            configuration: configuration)
        if observer?.wantsStop == true {
            throw TrainingStop(moment: "after epoch \(report.epoch)")
        }
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

    /// Lets a start that is better than chance, a warm one or known features, stand among the epochs
    /// that the result is chosen from, so that meta-training which only harms is not taken.
    func considerStart(_ state: inout TrainingState) throws {
        let isGood =
            configuration.initial == .pretrained || networks.headed?.source ?? .none != .none
        guard isGood, configuration.selection == .validationLoss else { return }
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
