package import Documents

/// Towards the adapted parameters (Nichol, Achiam and Schulman, "On first-order meta-learning
/// algorithms", 2018); no query takes part.
package struct Reptile: MetaLearner, Hashable {
    /// Creates the learner.
    package init() {}

    /// `reptile`.
    package static let key = "reptile"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Reptile, towards the adapted parameters."
    /// It has no settings.
    package static let fields: Fields<Self> = []

    /// The initial parameters less the adapted ones.
    package func goal(epoch: Int) -> AdaptationGoal { .displacement }
}
