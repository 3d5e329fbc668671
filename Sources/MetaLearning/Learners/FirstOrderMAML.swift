package import Documents

/// MAML without second derivatives (Finn, Abbeel and Levine 2017): the query loss's gradient at the
/// adapted parameters.
package struct FirstOrderMAML: MetaLearner, Hashable {
    /// Creates the learner.
    package init() {}

    /// `first_order_maml`.
    package static let key = "first_order_maml"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "MAML without second derivatives."
    /// It has no settings.
    package static let fields: Fields<Self> = []

    /// The first-order gradient.
    package func goal(epoch: Int) -> AdaptationGoal { .firstOrderGradient }
}
