private import Foundation
private import SeededRandom

/// The benchmark of sinusoids (Finn et al. 2017): meta-training and the standard evaluation.
package struct SinusoidExperiment: Sendable {
    /// Settings of training and evaluation; the defaults are the benchmark's.
    package struct Settings: Sendable {
        /// The family of sinusoids that tasks are drawn from.
        package var family = SinusoidFamily()
        /// Points of a support, and of a training query.
        package var shots = 10
        /// Which model is trained, with the sizes of its layers.
        package var model: any ModelDefinition = MLP()
        /// How adaptations become a meta-gradient.
        package var learner: any MetaLearner = SecondOrderMAML()
        /// The rule of an inner step.
        package var inner = InnerOptimizer.sgd(InnerSGD(learningRate: 0.01))
        /// Inner steps in training.
        package var innerSteps = 1
        /// Adam's learning rate for the meta-parameters.
        package var outerLearningRate = 1e-3
        /// Tasks of a meta-step.
        package var tasksPerStep = 25
        /// Meta-steps.
        package var iterations = 20_000
        /// How tasks are drawn; `nil` for uniformly from the whole ranges, without a queue.
        package var regime: (any SamplingRegime)?
        /// Random tasks of the evaluation.
        package var testTasks = 1_000
        /// Numbers of steps after which it is evaluated.
        package var testSteps = [0, 1, 2, 5, 10]
        /// Threads at most; `nil` for the machine's cores. The result does not depend on it.
        package var threads: Int?
        /// What random numbers are drawn from.
        package var seed = SeededGenerator.defaultSeed

        /// The benchmark's settings.
        package init() {}
    }

    /// The mean squared error over tasks after a number of steps; infinite when there is a task
    /// on which they diverge.
    package struct Score: Sendable, Hashable {
        /// Inner steps on the support.
        package let steps: Int
        /// The mean over tasks.
        package let mean: Double
        /// The standard deviation over tasks.
        package let deviation: Double
        /// Half the width of the mean's 95 % interval, 1.96 standard errors.
        package let halfWidth: Double
        /// The mean over the tenth of tasks with the largest errors.
        package let hardest: Double

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

    /// The settings of training and evaluation.
    package let settings: Settings
    /// Errors on random tasks, with 100 evenly spaced points as query; one a number of steps.
    package let scores: [Score]
    /// Errors on the fixed grid of tasks, likewise.
    package let gridScores: [Score]
    /// The queue after training, when there was one.
    package let queue: TaskQueue?
    /// How long meta-training took, in seconds.
    package let seconds: Double

    /// Trains and evaluates a model.
    ///
    /// - Parameters:
    ///   - settings: The tasks, the model and how it is trained.
    ///   - progress: Called after every 1,000 meta-steps with their number and the mean query loss.
    /// - Returns: The scores.
    /// - Throws: ``MetaLearningError`` when a loss of meta-training is not finite.
    package static func run(
        _ settings: Settings, progress: (_ step: Int, _ loss: Double) -> Void = { _, _ in }
    ) throws -> SinusoidExperiment {
        var loop = try settings.makeLoop()
        var generator = SeededGenerator(seed: settings.seed, stream: "sinusoid tasks")
        var queue = settings.regime.map { regime in
            TaskQueue(
                cellCount: settings.family.grid.cellCount, regime: regime, from: &generator)
        }
        let clock = ContinuousClock()
        let start = clock.now
        for step in 0..<settings.iterations {
            let (tasks, draws) = settings.tasks(of: step, queue: &queue, from: &generator)
            let outcomes = try loop.step(
                tasks, weights: draws.isEmpty ? nil : draws.map(\.weight))
            for (draw, outcome) in zip(draws, outcomes) {
                queue?.insert(Double(outcome.query.loss), at: draw.cell)
            }
            if (step + 1).isMultiple(of: 1_000) {
                progress(
                    step + 1,
                    outcomes.reduce(0) { $0 + Double($1.query.loss) } / Double(outcomes.count))
            }
        }
        let seconds = (clock.now - start).seconds
        return SinusoidExperiment(
            settings: settings, scores: try evaluate(loop, settings, at: nil),
            gridScores: try evaluate(loop, settings, at: settings.family.evaluationGrid),
            queue: queue, seconds: seconds)
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
                return Score(steps: steps, errors: outcomes.map { Double($0.query.loss) })
            } catch let error as MetaLearningError {
                // A task on which so many steps diverge makes the mean infinite; that is the
                // result, and the other numbers of steps have theirs.
                guard case .notFinite = error.kind else { throw error }
                return Score(divergedAfter: steps)
            }
        }
    }
}

extension SinusoidExperiment.Settings {
    fileprivate func makeLoop() throws -> MetaLoop {
        let network = try model.network(channelCount: 1, windowLength: 1, classCount: 1)
        var adaptation = AdaptationSettings(
            optimizer: inner, epochs: 1, batchSize: 1 << 30, queryBatchSize: 1 << 30)
        adaptation.steps = innerSteps
        adaptation.loss = .meanSquaredError
        var outer = MetaLoop.Outer()
        outer.learningRate = outerLearningRate
        outer.tasksPerStep = tasksPerStep
        return MetaLoop(
            network: network, learner: learner, settings: adaptation, outer: outer,
            threads: threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount), seed: seed)
    }

    /// Draws the tasks of a meta-step, and the places in the queue that they are drawn from.
    fileprivate func tasks(
        of step: Int, queue: inout TaskQueue?, from generator: inout SeededGenerator
    ) -> (tasks: [TaskSamples<Float>], draws: [TaskQueue.Draw]) {
        var draws: [TaskQueue.Draw] = []
        var tasks: [TaskSamples<Float>] = []
        for _ in 0..<tasksPerStep {
            var parameters: [Double]
            if let draw = queue?.draw(step: step, from: &generator) {
                parameters = family.grid.parameters(of: draw.cell, from: &generator)
                draws.append(draw)
            } else {
                parameters = family.parameters(from: &generator)
            }
            tasks.append(
                family.samples(parameters, shots: shots, queryPoints: shots, from: &generator))
        }
        return (tasks, draws)
    }
}
