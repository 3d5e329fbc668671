public import Documents

/// First-order MAML over sequences of tasks: the model learns one task after the other, from
/// where the task before left it, and is evaluated on all of them.
public struct SequentialFirstOrderMAML: MetaLearner, Hashable {
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

    /// Tasks of a sequence, from 1 to 10,000.
    public var sequenceLength = 3
    /// Which query losses count besides those at the sequence's end.
    public var afterEachTask = AfterEachTask.none

    /// Sequences of three tasks, evaluated at their end.
    public init() {}

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

    /// `sequential_maml`.
    public static let key = "sequential_maml"
    /// What it is.
    public static let documentation =
        "First-order MAML over sequences of tasks, learned one after the other."
    /// Its settings.
    public static let fields: Fields<Self> = [
        Field(
            "sequence_length", \.sequenceLength, .integer(in: 1...10_000), "Tasks of a sequence."),
        Field(
            "after_each_task", \.afterEachTask, .choice,
            "Which query losses count besides those at the sequence's end."),
    ]

    /// The first-order gradient.
    public func goal(epoch: Int) -> AdaptationGoal { .firstOrderGradient }
}
