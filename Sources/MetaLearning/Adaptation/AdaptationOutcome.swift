/// The result of one task's adaptation: losses on the way, the score on the query and the gradient.
package struct AdaptationOutcome<Scalar: Sendable>: Sendable {
    /// The task's name.
    package let id: String
    /// The mean loss of each step's minibatch before the step.
    package let supportLosses: [Scalar]
    /// How well the adapted model does on the query.
    package let query: QueryScore<Scalar>
    /// The gradient by the initial parameters; empty when only a score was wanted.
    package var gradient: [Scalar]
    /// What the adaptation took in gradients and memory.
    package let cost: AdaptationCost
    /// Whether a loss of the support or the query was not finite.
    package var hasDiverged = false

    /// Puts an outcome together.
    package init(
        id: String, supportLosses: [Scalar], query: QueryScore<Scalar>, gradient: [Scalar],
        cost: AdaptationCost
    ) {
        self.id = id
        self.supportLosses = supportLosses
        self.query = query
        self.gradient = gradient
        self.cost = cost
    }
}
