private import Foundation
private import SeededRandom

/// Meta-training on sinusoids and the standard evaluation.
public struct SinusoidExperiment: Sendable {
    /// What is done; the defaults are the benchmark's.
    public struct Settings: Sendable {
        /// The tasks.
        public var family = SinusoidFamily()
        /// Points of a support, and of a training query.
        public var shots = 10
        /// The model.
        public var model: any ModelDefinition = MLP()
        /// How adaptations become a meta-gradient.
        public var learner: any MetaLearner = SecondOrderMAML()
        /// The rule of an inner step.
        public var inner = InnerOptimizer.sgd(InnerSGD(learningRate: 0.01))
        /// Inner steps in training.
        public var innerSteps = 1
        /// Adam's learning rate for the meta-parameters.
        public var outerLearningRate = 1e-3
        /// Tasks of a meta-step.
        public var tasksPerStep = 25
        /// Meta-steps.
        public var iterations = 20_000
        /// How tasks are drawn; `nil` for uniformly from the whole ranges, without a queue.
        public var regime: (any SamplingRegime)?
        /// Random tasks of the evaluation.
        public var testTasks = 1_000
        /// Numbers of steps after which it is evaluated.
        public var testSteps = [0, 1, 2, 5, 10]
        /// Threads at most; `nil` for the machine's cores. The result does not depend on it.
        public var threads: Int?
        /// What random numbers are drawn from.
        public var seed = SeededGenerator.defaultSeed

        /// The benchmark's settings.
        public init() {}
    }

    /// The mean squared error over tasks after a number of steps; infinite when there is a task
    /// on which they diverge.
    public struct Score: Sendable, Hashable {
        /// Inner steps on the support.
        public let steps: Int
        /// The mean over tasks.
        public let mean: Double
        /// The standard deviation over tasks.
        public let deviation: Double
        /// Half the width of the mean's 95 % interval, 1.96 standard errors.
        public let halfWidth: Double
        /// The mean over the tenth of tasks with the largest errors.
        public let hardest: Double

        init(divergedAfter steps: Int) {
            self.steps = steps
            (mean, deviation, halfWidth, hardest) = (.infinity, .infinity, .infinity, .infinity)
        }

        init(steps: Int, errors: [Double]) {
            let count = Double(errors.count)
            let mean = errors.reduce(0, +) / count
            let variance = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            self.steps = steps
            self.mean = mean
            deviation = variance.squareRoot()
            halfWidth = 1.96 * deviation / count.squareRoot()
            let hard = errors.sorted().suffix(max(1, errors.count / 10))
            hardest = hard.reduce(0, +) / Double(hard.count)
        }
    }

    /// The settings.
    public let settings: Settings
    /// On random tasks, with 100 evenly spaced points as query.
    public private(set) var scores: [Score] = []
    /// On the fixed grid of tasks, likewise.
    public private(set) var gridScores: [Score] = []
    /// The queue after training, when there was one.
    public private(set) var queue: TaskQueue?
    /// How long meta-training took, in seconds.
    public private(set) var seconds = 0.0

    /// Trains and evaluates.
    ///
    /// - Parameters:
    ///   - settings: What is done.
    ///   - progress: Called after every 1,000 meta-steps with their number and the mean query loss.
    /// - Throws: ``MetaLearningError`` when a loss of meta-training is not finite.
    public init(
        _ settings: Settings, progress: (_ step: Int, _ loss: Double) -> Void = { _, _ in }
    ) throws {
        self.settings = settings
        let family = settings.family
        let network = try settings.model.network(
            channelCount: 1, windowLength: 1, classCount: 1)
        var adaptation = AdaptationSettings(
            optimizer: settings.inner, epochs: 1, batchSize: 1 << 30, queryBatchSize: 1 << 30)
        adaptation.steps = settings.innerSteps
        adaptation.loss = .meanSquaredError
        var outer = MetaLoop.Outer()
        outer.learningRate = settings.outerLearningRate
        var loop = MetaLoop(
            network: network, learner: settings.learner, settings: adaptation, outer: outer,
            tasksPerStep: settings.tasksPerStep,
            threads: settings.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount),
            seed: settings.seed)
        var generator = SeededGenerator(seed: settings.seed, stream: "sinusoid tasks")
        var queue = settings.regime.map { regime in
            TaskQueue(
                cellCount: family.grid.cellCount, regime: regime, from: &generator)
        }
        let clock = ContinuousClock()
        let start = clock.now
        for step in 0..<settings.iterations {
            var draws: [TaskQueue.Draw] = []
            var tasks: [TaskSamples<Float>] = []
            for _ in 0..<settings.tasksPerStep {
                var parameters: [Double]
                if let draw = queue?.draw(step: step, from: &generator) {
                    parameters = family.grid.parameters(of: draw.cell, from: &generator)
                    draws.append(draw)
                } else {
                    parameters = family.parameters(from: &generator)
                }
                tasks.append(
                    family.samples(
                        parameters, shots: settings.shots, queryPoints: settings.shots,
                        from: &generator))
            }
            let outcomes = try loop.step(
                tasks, weights: draws.isEmpty ? nil : draws.map(\.weight))
            for (draw, outcome) in zip(draws, outcomes) {
                queue?.insert(Double(outcome.queryLoss), at: draw.cell)
            }
            if (step + 1).isMultiple(of: 1_000) {
                progress(
                    step + 1,
                    outcomes.reduce(0) { $0 + Double($1.queryLoss) } / Double(outcomes.count))
            }
        }
        seconds = (clock.now - start).seconds
        self.queue = queue
        scores = try Self.evaluate(loop, settings, at: nil)
        gridScores = try Self.evaluate(loop, settings, at: family.evaluationGrid)
    }

    private static func evaluate(
        _ loop: MetaLoop, _ settings: Settings, at points: [[Double]]?
    ) throws -> [Score] {
        let family = settings.family
        // The same tasks whatever the run's seed.
        var generator = SeededGenerator(seed: 1, stream: "sinusoid evaluation")
        let tasks = (0..<(points?.count ?? settings.testTasks)).map { index in
            let parameters = points?[index] ?? family.parameters(from: &generator)
            return family.samples(
                parameters, shots: settings.shots, queryPoints: nil, from: &generator)
        }
        return try settings.testSteps.map { steps in
            do {
                let outcomes = try loop.score(tasks, steps: steps)
                return Score(steps: steps, errors: outcomes.map { Double($0.queryLoss) })
            } catch let error as MetaLearningError {
                // A task on which so many steps diverge makes the mean infinite; that is the
                // result, and the other numbers of steps have theirs.
                guard case .notFinite = error.kind else { throw error }
                return Score(divergedAfter: steps)
            }
        }
    }
}
