/// The numbers that methods are compared by, each from 0 to 1 and higher for the better.
package enum Metric: String, Sendable, Hashable, CaseIterable {
    /// The fraction of windows predicted correctly.
    case accuracy
    /// The mean over classes of the fraction predicted correctly.
    case balancedAccuracy = "balanced_accuracy"
    /// The mean F1 over classes.
    case macroF1 = "macro_f1"
    /// The fraction of changes of intent that were followed; see ``TransitionScore``.
    case transitionAccuracy = "transition_accuracy"
    /// The fraction of segments between changes without a change; see ``TransitionScore``.
    case stability

    /// What it is called in prose.
    package var title: String {
        switch self {
        case .accuracy: "accuracy"
        case .balancedAccuracy: "balanced accuracy"
        case .macroF1: "macro F1"
        case .transitionAccuracy: "transition accuracy"
        case .stability: "stability"
        }
    }
}
