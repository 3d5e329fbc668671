/// What a task is for.
public enum EpisodeSplit: String, Sendable, Hashable, CaseIterable {
    /// Meta-training.
    case train
    /// Choosing the best epoch.
    case validation
    /// The result; never used for any choice.
    case test
}
