import Autodiff

/// Meta-training over samples in memory, one meta-step after the other.
package struct MetaLoop: Sendable {
    /// How the meta-parameters are moved.
    package struct Outer: Sendable {
        /// The rule that moves the meta-parameters along the meta-gradient.
        package var rule: any OuterRule = OuterAdam()
        /// Its learning rate.
        package var learningRate = 1e-3
        /// How the gradients of a step's tasks become one.
        package var gradient = MetaGradient(averages: true)
        /// Tasks of a meta-step, usually: so many are worked on together.
        package var tasksPerStep = 1

        /// Adam along the mean.
        package init() {}
    }

    /// The parameters, with learned rates behind them when there are any.
    package private(set) var parameters: [Float]
    /// Meta-steps taken so far.
    package var stepCount: Int { optimizer.stepCount }

    private let learner: any MetaLearner
    private let outer: Outer
    private let seed: UInt64
    private let pool: AdaptationPool<Float>
    private var optimizer: OuterOptimizer<Float>
    private var gradient: [Float] = []

    /// Prepares meta-training.
    ///
    /// - Parameters:
    ///   - network: The model.
    ///   - learner: How adaptations become a meta-gradient.
    ///   - settings: How the model adapts.
    ///   - outer: How the meta-parameters are moved.
    ///   - threads: Threads at most.
    ///   - seed: What random numbers are drawn from.
    ///   - initial: The parameters to start from; drawn from the seed when left out.
    package init(
        network: any Network, learner: any MetaLearner, settings: AdaptationSettings,
        outer: Outer, threads: Int, seed: UInt64, initial: [Float]? = nil
    ) {
        let settings = learner.adaptation(settings)
        parameters = initial ?? network.initialParameters(seed: seed).values
        parameters += settings.optimizer.startRates(of: network.parameters)
        self.learner = learner
        self.outer = outer
        self.seed = seed
        pool = AdaptationPool(
            network: network, settings: settings, tasksAtOnce: outer.tasksPerStep, threads: threads,
            trajectoryBudget: TrainingConfiguration().trajectoryBudgetMiB << 20)
        optimizer = OuterOptimizer(outer.rule, parameterCount: parameters.count)
    }

    /// Takes a meta-step.
    ///
    /// - Parameters:
    ///   - tasks: Its tasks.
    ///   - weights: What each one weighs; 1 when left out.
    ///   - epoch: The meta-epoch, counted from 0.
    /// - Returns: What the tasks gave, before the step.
    /// - Throws: ``MetaLearningError`` when a loss or the gradient is not finite.
    package mutating func step(
        _ tasks: [TaskSamples<Float>], weights: [Double]? = nil, epoch: Int = 0
    ) throws -> [AdaptationOutcome<Float>] {
        let round = UInt64(stepCount)
        let outcomes =
            learner.sequenceLength > 1
            ? try pool.adaptSequences(
                count: tasks.count, learner: learner, initial: parameters, round: round,
                seed: seed
            ) { tasks[$0] }
            : try pool.adapt(
                count: tasks.count, goal: learner.goal(epoch: epoch), initial: parameters,
                round: round
            ) { tasks[$0] }
        outer.gradient.combine(outcomes, weights: weights, into: &gradient)
        guard gradient.allSatisfy(\.isFinite) else {
            throw MetaLearningError(
                .notFinite("the meta-gradient"), at: "meta-step \(stepCount + 1)",
                hint: "lower the inner learning rate")
        }
        optimizer.step(&parameters, gradient: gradient, learningRate: outer.learningRate)
        return outcomes
    }

    /// Scores tasks after adaptation.
    ///
    /// - Parameters:
    ///   - tasks: The tasks.
    ///   - steps: Inner steps, in place of what the settings say.
    /// - Returns: What the tasks gave.
    /// - Throws: ``MetaLearningError`` when a loss is not finite.
    package func score(
        _ tasks: [TaskSamples<Float>], steps: Int? = nil
    ) throws -> [AdaptationOutcome<Float>] {
        try pool.adapt(count: tasks.count, goal: .score, initial: parameters, steps: steps) {
            tasks[$0]
        }
    }
}
