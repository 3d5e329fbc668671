public import Autodiff
private import Foundation
private import SeededRandom

/// Meta-training on arrays in a single call.
///
///     let trained = try MAML(model: MLP(hidden: [40, 40]), tasks: tasks)
///     let prediction = try trained.predict(inputs, after: support)
public struct MAML: Sendable {
    /// How it is trained.
    public struct Options: Sendable {
        /// How adaptations become a meta-gradient.
        public var learner: any MetaLearner = SecondOrderMAML()
        /// What is made small; `nil` for the mean squared error of targets and the cross-entropy
        /// of classes.
        public var loss: Loss?
        /// The rule of an inner step.
        public var inner = InnerOptimizer.sgd(InnerSGD(learningRate: 0.01))
        /// Inner steps.
        public var innerSteps = 1
        /// Support rows of an inner step; `nil` for all of them.
        public var batchSize: Int?
        /// Adam's learning rate for the meta-parameters.
        public var outerLearningRate = 1e-3
        /// Whether tasks' gradients are averaged; otherwise they are summed.
        public var averages = true
        /// Meta-epochs, each one meta-step.
        public var metaEpochs = 1_000
        /// How many tasks an epoch has: a number is drawn from the range for each, and so many
        /// tasks, with replacement.
        public var tasksPerEpoch = 10...30
        /// Threads at most; `nil` for the machine's cores. The result does not depend on it.
        public var threads: Int?
        /// What random numbers are drawn from.
        public var seed = SeededGenerator.defaultSeed

        /// One step of descent, second order.
        public init() {}
    }

    /// The model.
    public let network: any Network
    /// The meta-trained parameters.
    public let parameters: Parameters<Float>
    /// The mean query loss of each meta-epoch's tasks after adaptation.
    public let losses: [Double]

    private let loop: MetaLoop
    private let adaptation: AdaptationSettings
    private let loss: Loss

    /// Trains a model on tasks.
    ///
    /// - Parameters:
    ///   - model: Which model; the width of rows and answers is taken from the tasks.
    ///   - tasks: At least one; all of one width.
    ///   - options: How it is trained.
    ///   - progress: Called after each meta-epoch with its number from 1 and its mean query loss;
    ///     training ends early when it returns false.
    /// - Throws: ``MetaLearningError`` when tasks do not fit each other or a loss is not finite.
    public init(
        model: any ModelDefinition = MLP(), tasks: [ArrayTask],
        options: Options = Options(),
        progress: (_ epoch: Int, _ loss: Double) -> Bool = { _, _ in
            true
        }
    ) throws {
        guard let first = tasks.first, let row = first.support.inputs.first else {
            throw MetaLearningError(.emptySplit(.train), at: "tasks")
        }
        let width: Int
        switch first.support.answers {
        case .targets(let rows): width = rows.first?.count ?? 0
        case .classes:
            let all = tasks.flatMap { [$0.support.answers, $0.query.answers] }
            width =
                1
                + all.reduce(0) { highest, answers in
                    guard case .classes(let classes) = answers else { return highest }
                    return max(highest, Int(classes.max() ?? 0))
                }
        }
        guard width >= 1, !row.isEmpty else {
            throw MetaLearningError(
                .outOfRange(expected: "rows of at least one number", found: "none"), at: first.id)
        }
        let isClassified = if case .classes = first.support.answers { true } else { false }
        let loss = options.loss ?? (isClassified ? .crossEntropy : .meanSquaredError)
        let network = try model.network(
            channelCount: row.count, windowLength: 1, classCount: width)
        let samples = try tasks.map { task throws(MetaLearningError) in
            try TaskSamples(task, for: network, loss: loss)
        }

        var settings = AdaptationSettings(
            optimizer: options.inner, epochs: 1, batchSize: options.batchSize ?? 1 << 30,
            queryBatchSize: 1 << 30)
        settings.steps = options.innerSteps
        settings.loss = loss
        settings.dropoutSeed = options.seed
        var outer = MetaLoop.Outer()
        outer.learningRate = options.outerLearningRate
        outer.gradient = MetaGradient(averages: options.averages)
        var loop = MetaLoop(
            network: network, learner: options.learner, settings: settings, outer: outer,
            tasksPerStep: options.tasksPerEpoch.upperBound,
            threads: options.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount),
            seed: options.seed)
        var generator = SeededGenerator(seed: options.seed, stream: "tasks of an epoch")
        var losses: [Double] = []
        for epoch in 1..<options.metaEpochs + 1 {
            let range = options.tasksPerEpoch
            let count = range.lowerBound + generator.integer(below: range.count)
            let drawn = (0..<count).map { _ in samples[generator.integer(below: samples.count)] }
            let outcomes = try loop.step(drawn, epoch: epoch - 1)
            losses.append(outcomes.reduce(0) { $0 + Double($1.queryLoss) } / Double(count))
            guard progress(epoch, losses[epoch - 1]) else { break }
        }
        self.network = network
        self.loss = loss
        self.loop = loop
        self.losses = losses
        adaptation = options.learner.adaptation(settings)
        parameters = Parameters(
            layout: network.parameters,
            values: Array(loop.parameters.prefix(network.parameters.count)))
    }

    /// What the model puts out for rows, after adaptation to a task.
    ///
    /// - Parameters:
    ///   - inputs: Rows of the model's width.
    ///   - support: What to adapt on.
    ///   - steps: Inner steps; as in training when left out.
    /// - Returns: A row for each row.
    /// - Throws: ``MetaLearningError`` when rows do not fit the model or a loss is not finite.
    public func predict(
        _ inputs: [[Float]], after support: ArrayTask.Part, steps: Int? = nil
    ) throws -> [[Float]] {
        let task = try TaskSamples(
            ArrayTask(id: "prediction", support: support, query: support), for: network,
            loss: loss)
        guard let row = inputs.first(where: { $0.count != network.inputWidth }) else {
            var run = AdaptationRun<Float>(
                network: network, settings: adaptation, trajectoryBudget: 1)
            run.begin(task, goal: .parameters, initial: loop.parameters, steps: steps)
            _ = try run.advance(by: .max)
            guard !inputs.isEmpty else { return [] }
            var objective = Objective<Float>(network, loss: .crossEntropy)
            let rows = LabeledSamples<Float>(
                rows: inputs.flatMap(\.self), labels: Array(repeating: 0, count: inputs.count))
            let batch = Array(0..<inputs.count)
            objective.load(
                rows, batch[...],
                weighedBy: Minibatches(sampleCount: batch.count, size: batch.count))
            _ = objective.run(parameters: run.adapted)
            let outputs = objective.logits
            let width = network.classCount
            return batch.map { Array(outputs[$0 * width..<($0 + 1) * width]) }
        }
        throw MetaLearningError(
            .sizeMismatch(expected: network.inputWidth, found: row.count), at: "inputs")
    }
}
