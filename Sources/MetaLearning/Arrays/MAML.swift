public import Autodiff
private import Foundation
private import SeededRandom

/// A model that was meta-trained on arrays in a single call.
///
///     let trained = try MAML.train(model: ModelDefinitions.mlp(hidden: [40, 40]), tasks: tasks)
///     let prediction = try trained.predict(inputs, after: support)
public struct MAML: Sendable {
    /// Settings of the training.
    public struct Options: Sendable {
        /// How adaptations become a meta-gradient.
        public var learner: any MetaLearner = SecondOrderMAML()
        /// What is made small; `nil` for the mean squared error of targets and the cross-entropy
        /// of classes.
        public var loss: Loss?
        /// The rule of an inner step.
        public var inner: any InnerRule = InnerSGD(learningRate: 0.01)
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

    /// The model that was trained.
    public let network: any Network
    /// The meta-trained parameters.
    public let parameters: Parameters<Float>
    /// The mean query loss of each meta-epoch's tasks after adaptation.
    public let losses: [Double]

    private let loop: MetaLoop
    private let adaptation: AdaptationSettings
    private let loss: Loss

    /// Meta-trains a model on tasks.
    ///
    /// - Parameters:
    ///   - model: Which model; the width of rows and answers is taken from the tasks.
    ///   - tasks: At least one; all of one width.
    ///   - options: How it is trained.
    ///   - progress: Called after each meta-epoch with its number from 1 and its mean query loss;
    ///     training ends early when it returns false.
    /// - Returns: The trained model.
    /// - Throws: ``MetaLearningError`` when tasks do not fit each other or a loss is not finite.
    public static func train(
        model: any ModelDefinition = ModelDefinitions.mlp(), tasks: [ArrayTask],
        options: Options = Options(),
        progress: (_ epoch: Int, _ loss: Double) -> Bool = { _, _ in
            true
        }
    ) throws -> MAML {
        let (inputs, outputs) = try widths(of: tasks)
        let network = try model.network(
            channelCount: inputs, windowLength: 1, classCount: outputs)
        let isClassified = if case .classes = tasks[0].support.answers { true } else { false }
        let loss = options.loss ?? (isClassified ? .crossEntropy : .meanSquaredError)
        let samples = try tasks.map { task throws(MetaLearningError) in
            try TaskSamples(task, for: network, loss: loss)
        }
        let adaptation = options.adaptation(loss: loss)
        var loop = MetaLoop(
            network: network, learner: options.learner, settings: adaptation,
            outer: options.outer,
            threads: options.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount),
            seed: options.seed)
        let losses = try loop.run(samples, options: options, progress: progress)
        return MAML(
            network: network,
            parameters: Parameters(
                layout: network.parameters,
                values: Array(loop.parameters.prefix(network.parameters.count))),
            losses: losses, loop: loop, adaptation: options.learner.adaptation(adaptation),
            loss: loss)
    }

    /// Numbers of a row, and numbers or classes that a model puts out for it.
    private static func widths(
        of tasks: [ArrayTask]
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
                1
                + all.reduce(0) { highest, answers in
                    guard case .classes(let classes) = answers else { return highest }
                    return max(highest, Int(classes.max() ?? 0))
                }
        }
        guard outputs >= 1, !row.isEmpty else {
            throw MetaLearningError(
                .outOfRange(expected: "rows of at least one number", found: "none"), at: first.id)
        }
        return (row.count, outputs)
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

extension MAML.Options {
    fileprivate func adaptation(loss: Loss) -> AdaptationSettings {
        var settings = AdaptationSettings(
            optimizer: InnerOptimizer(inner), epochs: 1, batchSize: batchSize ?? 1 << 30,
            queryBatchSize: 1 << 30)
        settings.steps = innerSteps
        settings.loss = loss
        settings.dropoutSeed = seed
        return settings
    }

    fileprivate var outer: MetaLoop.Outer {
        var outer = MetaLoop.Outer()
        outer.learningRate = outerLearningRate
        outer.gradient = MetaGradient(averages: averages)
        outer.tasksPerStep = tasksPerEpoch.upperBound
        return outer
    }
}

extension MetaLoop {
    /// Takes a meta-step for each meta-epoch, and returns their mean query losses.
    fileprivate mutating func run(
        _ samples: [TaskSamples<Float>], options: MAML.Options,
        progress: (_ epoch: Int, _ loss: Double) -> Bool
    ) throws -> [Double] {
        var generator = SeededGenerator(seed: options.seed, stream: "tasks of an epoch")
        var losses: [Double] = []
        for epoch in 1..<options.metaEpochs + 1 {
            let range = options.tasksPerEpoch
            let count = range.lowerBound + generator.integer(below: range.count)
            let drawn = (0..<count).map { _ in samples[generator.integer(below: samples.count)] }
            let outcomes = try step(drawn, epoch: epoch - 1)
            losses.append(outcomes.reduce(0) { $0 + Double($1.query.loss) } / Double(count))
            guard progress(epoch, losses[epoch - 1]) else { break }
        }
        return losses
    }
}
