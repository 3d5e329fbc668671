/// How the adaptations to tasks become a meta-gradient.
///
/// A learner says how the model adapts and what is wanted of each task; the engine gives it, and
/// the outer optimizer moves the parameters along the sum or the mean over tasks.
public protocol MetaLearner: Sendable {
    /// What is wanted of each task in a meta-epoch, counted from 0.
    func goal(epoch: Int) -> AdaptationGoal

    /// How the model adapts, from what was asked for.
    func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings

    /// Tasks that are learned one after the other; 1 when each is learned by itself.
    var sequenceLength: Int { get }

    /// Which query losses count besides those at a sequence's end.
    var afterEachTask: SequentialFirstOrderMAML.AfterEachTask { get }
}

extension MetaLearner {
    /// As asked for.
    public func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings { settings }
    /// Each task by itself.
    public var sequenceLength: Int { 1 }
    /// None.
    public var afterEachTask: SequentialFirstOrderMAML.AfterEachTask { .none }
}

/// Exact second-order MAML (Finn, Abbeel and Levine, "Model-agnostic meta-learning", 2017).
public struct SecondOrderMAML: MetaLearner {
    /// Meta-epochs over which the query losses after every step count, less from epoch to epoch.
    public let multiStepEpochs: Int

    /// Creates the learner.
    ///
    /// - Parameter multiStepEpochs: Meta-epochs over which the query losses after every inner step
    ///   count, less from epoch to epoch; 0 for the last step's loss alone.
    public init(multiStepEpochs: Int = 0) {
        self.multiStepEpochs = multiStepEpochs
    }

    /// The exact gradient.
    public func goal(epoch: Int) -> AdaptationGoal {
        guard epoch < multiStepEpochs else { return .exactGradient }
        return .multiStepGradient(share: 1 - Double(epoch) / Double(multiStepEpochs))
    }
}

/// MAML without second derivatives: the query loss's gradient at the adapted parameters.
public struct FirstOrderMAML: MetaLearner {
    /// Creates the learner.
    public init() {}

    /// The first-order gradient.
    public func goal(epoch: Int) -> AdaptationGoal { .firstOrderGradient }
}

/// Towards the adapted parameters (Nichol, Achiam and Schulman, "On first-order meta-learning
/// algorithms", 2018); no query takes part.
public struct Reptile: MetaLearner {
    /// Creates the learner.
    public init() {}

    /// The initial parameters less the adapted ones.
    public func goal(epoch: Int) -> AdaptationGoal { .displacement }
}

/// MAML through the fixed point of proximal adaptation (Rajeswaran, Finn, Kakade and Levine,
/// "Meta-learning with implicit gradients", 2019).
public struct ImplicitMAML: MetaLearner {
    /// How the linear system is solved; its λ also pulls the adaptation back to its start.
    public let solver: ImplicitSolver

    /// Creates the learner.
    public init(_ solver: ImplicitSolver) {
        self.solver = solver
    }

    /// The implicit gradient.
    public func goal(epoch: Int) -> AdaptationGoal { .implicitGradient(solver) }

    /// With `λ/2 ‖φ − θ‖²` added to each support loss.
    public func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.proximity = solver.proximity
        return settings
    }
}

/// MAML whose last layer alone adapts (Raghu, Raghu, Bengio and Vinyals, "Rapid learning or
/// feature reuse?", 2020).
public struct ANIL: MetaLearner {
    private let base: SecondOrderMAML

    /// Creates the learner.
    ///
    /// - Parameter multiStepEpochs: As for ``SecondOrderMAML``.
    public init(multiStepEpochs: Int = 0) {
        base = SecondOrderMAML(multiStepEpochs: multiStepEpochs)
    }

    /// The exact gradient.
    public func goal(epoch: Int) -> AdaptationGoal { base.goal(epoch: epoch) }

    /// With all layers but the last one held.
    public func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.adaptsHeadOnly = true
        return settings
    }
}

/// MAML with a learned rate for each parameter (Li, Zhou, Chen and Li, "Meta-SGD", 2017).
public struct MetaSGD: MetaLearner {
    /// What all rates start from.
    public let startRate: Double
    private let base: SecondOrderMAML

    /// Creates the learner.
    ///
    /// - Parameters:
    ///   - startRate: What all rates start from.
    ///   - multiStepEpochs: As for ``SecondOrderMAML``.
    public init(startRate: Double, multiStepEpochs: Int = 0) {
        self.startRate = startRate
        base = SecondOrderMAML(multiStepEpochs: multiStepEpochs)
    }

    /// The exact gradient, by parameters and rates.
    public func goal(epoch: Int) -> AdaptationGoal { base.goal(epoch: epoch) }

    /// By gradient descent with the learned rates.
    public func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.optimizer = .learnedRates(start: startRate)
        return settings
    }
}

/// First-order MAML over sequences of tasks: the model learns one task after the other, from
/// where the task before left it, and is judged by all of them.
public struct SequentialFirstOrderMAML: MetaLearner {
    /// Which query losses count besides those at the sequence's end.
    public enum AfterEachTask: String, Sendable, Hashable, CaseIterable {
        /// None.
        case none
        /// Each task's own right after it was learned.
        case own
        /// That of a random task among those learned so far, after each task.
        case sampled
        /// Those of all tasks learned so far, after each task.
        case all
    }

    /// Tasks of a sequence.
    public let sequenceLength: Int
    /// Which query losses count besides those at the sequence's end.
    public let afterEachTask: AfterEachTask

    /// Creates the learner.
    ///
    /// - Parameters:
    ///   - length: Tasks of a sequence, at least 1.
    ///   - afterEachTask: Which query losses count besides those at the sequence's end.
    public init(length: Int, afterEachTask: AfterEachTask = .none) {
        precondition(length >= 1, "a sequence needs a task")
        sequenceLength = length
        self.afterEachTask = afterEachTask
    }

    /// The first-order gradient.
    public func goal(epoch: Int) -> AdaptationGoal { .firstOrderGradient }
}
