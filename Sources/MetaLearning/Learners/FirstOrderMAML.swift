public import Documents

/// MAML without second derivatives (Finn, Abbeel and Levine 2017): the query loss's gradient at the
/// adapted parameters.
public struct FirstOrderMAML: MetaLearner, Hashable {
    /// Creates the learner.
    public init() {}

    /// `first_order_maml`.
    public static let key = "first_order_maml"
    /// What it is.
    public static let documentation = "MAML without second derivatives."
    /// It has no settings.
    public static let fields: Fields<Self> = []

    /// The first-order gradient.
    public func goal(epoch: Int) -> AdaptationGoal { .firstOrderGradient }
}
