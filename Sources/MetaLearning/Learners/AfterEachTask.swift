/// Which query losses count besides those at the end of a sequence of tasks.
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
