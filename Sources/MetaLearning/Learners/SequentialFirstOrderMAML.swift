package import Documents

/// First-order MAML over sequences of tasks: the model learns one task after the other, from
/// where the task before left it, and is evaluated on all of them.
package struct SequentialFirstOrderMAML: MetaLearner, Hashable {
    /// Tasks of a sequence, from 1 to 10,000.
    package var sequenceLength = 3
    /// Which query losses count besides those at the sequence's end.
    package var afterEachTask = AfterEachTask.none

    /// Sequences of three tasks, evaluated at their end.
    package init() {}

    /// Creates the learner.
    ///
    /// - Parameters:
    ///   - length: Tasks of a sequence, at least 1.
    ///   - afterEachTask: Which query losses count besides those at the sequence's end.
    package init(length: Int, afterEachTask: AfterEachTask = .none) {
        precondition(length >= 1, "a sequence needs a task")
        sequenceLength = length
        self.afterEachTask = afterEachTask
    }

    /// `sequential_maml`.
    package static let key = "sequential_maml"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "First-order MAML over sequences of tasks, learned one after the other."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field(
            "sequence_length", \.sequenceLength, .integer(in: 1...10_000), "Tasks of a sequence."),
        Field(
            "after_each_task", \.afterEachTask, .choice,
            "Which query losses count besides those at the sequence's end."),
    ]

    /// The first-order gradient.
    package func goal(epoch: Int) -> AdaptationGoal { .firstOrderGradient }
}
