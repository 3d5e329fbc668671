public import Documents

/// How the adaptations to tasks become a meta-gradient, with its settings.
///
/// A learner says how the model adapts and what is wanted of each task; the engine gives it, and
/// the outer optimizer moves the parameters along the sum or the mean over tasks.
///
/// The library's learners are listed by `myotask kinds`; a package outside adds its own to the
/// ``Documents/Kinds`` that documents are read with, which then call it by its key, as
/// `algorithm: boil`, and have its settings among `algorithm_settings`. Where another learner has a
/// setting of the same name, it must mean the same.
public protocol MetaLearner: DescribedKind {
    /// What is wanted of each task.
    ///
    /// - Parameter epoch: The meta-epoch, counted from 0.
    /// - Returns: What the engine computes of a task in this epoch.
    func goal(epoch: Int) -> AdaptationGoal

    /// How the model adapts, in meta-training and wherever it is fine-tuned.
    ///
    /// - Parameter settings: What was asked for, with the loss still to be set.
    /// - Returns: What is done; by default the same.
    func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings

    /// Tasks that are learned one after the other, at least 1; 1, by default, when each is learned
    /// by itself. More need a ``goal(epoch:)`` of ``AdaptationGoal/firstOrderGradient``.
    var sequenceLength: Int { get }

    /// Which query losses count besides those at a sequence's end; none by default.
    var afterEachTask: AfterEachTask { get }
}

extension MetaLearner {
    /// The name in documents.
    public var name: String { Self.key }
    /// As asked for.
    public func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings { settings }
    /// Each task by itself.
    public var sequenceLength: Int { 1 }
    /// None.
    public var afterEachTask: AfterEachTask { .none }
}

extension Field {
    /// Over how many meta-epochs the query losses after every step count.
    static func multiStepEpochs(_ path: any WritableKeyPath<Root, Int> & Sendable) -> Field {
        Field(
            "multi_step_epochs", path, .integer(in: 0...1_000_000),
            "Meta-epochs over which the query losses after every inner step count, less from epoch "
                + "to epoch; 0 for the last step's alone.")
    }
}
