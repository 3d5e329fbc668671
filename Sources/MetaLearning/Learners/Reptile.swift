public import Documents

/// Towards the adapted parameters (Nichol, Achiam and Schulman, "On first-order meta-learning
/// algorithms", 2018); no query takes part.
public struct Reptile: MetaLearner, Hashable {
    /// Creates the learner.
    public init() {}

    /// `reptile`.
    public static let key = "reptile"
    /// What it is.
    public static let documentation = "Reptile, towards the adapted parameters."
    /// It has no settings.
    public static let fields: Fields<Self> = []

    /// The initial parameters less the adapted ones.
    public func goal(epoch: Int) -> AdaptationGoal { .displacement }
}
