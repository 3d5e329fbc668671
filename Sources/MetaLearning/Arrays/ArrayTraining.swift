private import SeededRandom

/// Training on arrays: pre-training, meta-epochs and the choice among their parameters.
struct ArrayTraining {
    /// What training gave.
    struct Outcome {
        /// The selected parameters, with what else was learned behind them.
        var values: [Float]
        var losses: [Double] = []
        var validation: [MAML.Validation] = []
        var selectedEpoch = 0
        var gradientCount = 0
        var hessianProductCount = 0
    }

    let form: ArrayForm
    let adaptation: AdaptationSettings
    private let networks: LearnerNetworks
    /// The model as it is fine-tuned, when that is not what the learner does.
    let tuned: FineTunedModel?
    private let options: MAML.Options
    private let tasks: [TaskSamples<Float>]
    private let validation: [TaskSamples<Float>]

    /// Checks what is given.
    ///
    /// - Throws: ``MetaLearningError`` when tasks do not fit each other or the model.
    init(
        model: any ModelDefinition, tasks: [ArrayTask], validation: [ArrayTask],
        options: MAML.Options
    ) throws(MetaLearningError) {
        let (inputs, outputs) = try Self.widths(of: tasks + validation, options)
        let isClassified = if case .classes = tasks[0].support.answers { true } else { false }
        let loss = options.loss ?? (isClassified ? .crossEntropy : .meanSquaredError)
        networks = try LearnerNetworks(
            options.learner, model, channelCount: inputs / options.windowLength,
            windowLength: options.windowLength, classCount: outputs, loss: loss)
        let form = ArrayForm(
            network: networks.learning, loss: loss, windowLength: options.windowLength)
        self.form = form
        self.options = options
        self.tasks = try tasks.map { task throws(MetaLearningError) in try form.samples(task) }
        self.validation = try validation.map { task throws(MetaLearningError) in
            try form.samples(task)
        }
        adaptation = options.learner.adaptation(options.adaptation(loss: form.loss))
        let (plain, isPlain) = (networks.plain, networks.headed == nil)
        tuned = try options.fineTuning.map { fineTuning throws(MetaLearningError) in
            guard options.metaEpochs == 0, isPlain else {
                throw MetaLearningError(
                    .incompatible(expected: "a learner", found: "pre-training alone"),
                    at: "fineTuning",
                    hint: "set metaEpochs to 0 and a learner with steps, or leave fineTuning out")
            }
            return try FineTunedModel(
                fineTuning, of: plain, options.adaptation(loss: form.loss),
                seed: options.seed)
        }
    }

    /// Trains; see ``MAML/train(model:tasks:validation:options:progress:)``.
    func run(progress: (_ epoch: Int, _ loss: Double) -> Bool) throws -> Outcome {
        let random: Parameters<Float> = networks.plain.initialParameters(seed: options.seed)
        let passes = try options.pretrained ?? options.pretraining.map(pretrain)
        let pretrained = try passes.map { try chosen(of: $0, random: random.values) }
        var loop = loop(
            from: try networks.start(
                plain: pretrained?.parameters ?? random.values, seed: options.seed
            ) { tasks })
        var outcome = Outcome(values: loop.parameters)
        outcome.gradientCount = pretrained?.gradientCount ?? 0
        var best = try validate(loop, epoch: 0, into: &outcome)
        var looks = 0
        var generator = SeededGenerator(seed: options.seed, stream: "tasks of an epoch")
        for epoch in 1..<options.metaEpochs + 1 {
            let done = try loop.step(try drawn(in: epoch, from: &generator), epoch: epoch - 1)
            for task in done {
                outcome.gradientCount += task.cost.gradientCount
                outcome.hessianProductCount += task.cost.hessianProductCount
            }
            outcome.losses.append(
                done.reduce(0) { $0 + Double($1.query.loss) } / Double(done.count))
            let isLast = !progress(epoch, outcome.losses[epoch - 1]) || epoch == options.metaEpochs
            if validation.isEmpty {
                outcome.selectedEpoch = epoch
            } else if isLast || epoch.isMultiple(of: options.validationInterval) {
                let scores = try validate(loop, epoch: epoch, into: &outcome)
                let isBetter = isBetter(scores, than: best)
                looks = isBetter ? 0 : looks + 1
                if isBetter {
                    best = scores
                    outcome.values = loop.parameters
                    outcome.selectedEpoch = epoch
                }
            }
            if isLast || options.patience.map({ looks >= $0 }) == true { break }
        }
        if validation.isEmpty { outcome.values = loop.parameters }
        return outcome
    }

    private func loop(from initial: [Float]) -> MetaLoop {
        MetaLoop(
            network: form.network, learner: options.learner,
            settings: options.adaptation(loss: form.loss), outer: options.outer,
            threads: options.threadCount, seed: options.seed, initial: initial)
    }

    /// The tasks of a meta-epoch.
    private func drawn(
        in epoch: Int, from generator: inout SeededGenerator
    ) throws -> [TaskSamples<Float>] {
        if let redraw = options.redraw {
            let tasks = try redraw(epoch)
            guard !tasks.isEmpty else {
                throw MetaLearningError(.emptySplit(.train), at: "tasks of meta-epoch \(epoch)")
            }
            return try tasks.map(form.samples)
        }
        let range = options.tasksPerEpoch
        let count = range.lowerBound + generator.integer(below: range.count)
        return (0..<count).map { _ in tasks[generator.integer(below: tasks.count)] }
    }

    /// Scores the validation tasks.
    private func score(_ loop: MetaLoop) throws -> Scores {
        guard let tuned else { return Scores(try loop.score(validation)) }
        let pool = AdaptationPool<Float>(
            network: tuned.network, settings: tuned.settings, tasksAtOnce: options.threadCount,
            threads: options.threadCount, trajectoryBudget: 1)
        let initial = tuned.start(from: loop.parameters)
        return Scores(
            try pool.adapt(count: validation.count, goal: .score, initial: initial) {
                validation[$0]
            })
    }

    /// Whether parameters with these scores are selected in place of others.
    private func isBetter(_ scores: Scores, than best: Scores) -> Bool {
        guard options.selectsByAccuracy, scores.accuracy != best.accuracy else {
            return scores.loss < best.loss
        }
        return scores.accuracy > best.accuracy
    }

    /// Scores the validation tasks and notes it; an infinite loss without any.
    private func validate(
        _ loop: MetaLoop, epoch: Int, into outcome: inout Outcome
    ) throws -> Scores {
        guard !validation.isEmpty else { return .none }
        let scores = try score(loop)
        outcome.validation.append(
            MAML.Validation(epoch: epoch, loss: scores.loss, accuracy: scores.accuracy))
        return scores
    }

    /// Trains on all rows.
    func pretrain(
        _ settings: TrainingConfiguration.Baselines.Pretrained
    ) throws -> MAML.PretrainedPasses {
        let pretraining = Pretraining(
            network: networks.plain, settings: settings, seed: options.seed, loss: form.loss)
        let random: Parameters<Float> = networks.plain.initialParameters(seed: options.seed)
        var passes: [[Float]] = []
        let outcome = try pretraining.train(on: tasks, from: random.values) { parameters, _, _, _ in
            passes.append(parameters)
        }
        return MAML.PretrainedPasses(parameters: passes, gradientCount: outcome.gradientCount)
    }

    /// The pass that does best on validation tasks after adaptation; the last one without any.
    private func chosen(
        of passes: MAML.PretrainedPasses, random: [Float]
    ) throws -> Pretraining.Outcome {
        var best = (scores: Scores.none, parameters: random)
        // A model that meta-training puts a head on is not fine-tuned as it is.
        if validation.isEmpty || networks.headed != nil {
            best.parameters = passes.parameters.last ?? random
        } else {
            for parameters in passes.parameters {
                let scores = try score(loop(from: parameters))
                if isBetter(scores, than: best.scores) { best = (scores, parameters) }
            }
        }
        return Pretraining.Outcome(
            parameters: best.parameters, gradientCount: passes.gradientCount)
    }

    /// Numbers of a row, and numbers or classes that a model puts out for it.
    private static func widths(
        of tasks: [ArrayTask], _ options: MAML.Options
    ) throws(MetaLearningError) -> (inputs: Int, outputs: Int) {
        guard let first = tasks.first, let row = first.support.inputs.first else {
            throw MetaLearningError(.emptySplit(.train), at: "tasks")
        }
        let outputs: Int
        switch first.support.answers {
        case .targets(let rows): outputs = rows.first?.count ?? 0
        case .classes:
            let all = tasks.flatMap { [$0.support.answers, $0.query.answers] }
            outputs =
                options.classCount
                ?? 1
                + all.reduce(0) { highest, answers in
                    guard case .classes(let classes) = answers else { return highest }
                    return max(highest, Int(classes.max() ?? 0))
                }
        }
        guard outputs >= 1, !row.isEmpty else {
            throw MetaLearningError(
                .outOfRange(expected: "rows of at least one number", found: "none"), at: first.id)
        }
        guard options.windowLength >= 1, row.count.isMultiple(of: options.windowLength) else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "rows of whole channels of \(options.windowLength) samples",
                    found: "\(row.count) numbers"), at: first.id)
        }
        return (row.count, outputs)
    }
}
