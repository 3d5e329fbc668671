package import Autodiff
package import Documents

/// Adam as it is differentiated: ε is added to the uncorrected `√v` and the bias correction sits
/// in the step size.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     θ ← θ − α_t m / (√v + ε),   α_t = α √(1 − β₂ᵗ) / (1 − β₁ᵗ),   t = 1, 2, …
///
/// After Kingma and Ba, "Adam", 2015, section 2, last paragraph. The derivative of `√v` where
/// `v = 0` is taken as 0: units that never fired would make it infinite.
package struct InnerAdam: InnerRule, Hashable {
    /// α, the learning rate.
    package var learningRate: Double
    /// β₁, how much of the first moment is kept.
    package let firstDecay: Double
    /// β₂, how much of the second moment is kept.
    package let secondDecay: Double
    /// ε.
    package let epsilon: Double

    /// The rule with the default learning rate of `inner`, 10⁻⁴.
    package init() { self.init(learningRate: 1e-4) }

    /// Creates the rule.
    package init(
        learningRate: Double, firstDecay: Double = 0.9, secondDecay: Double = 0.999,
        epsilon: Double = 1e-8
    ) {
        self.learningRate = learningRate
        self.firstDecay = firstDecay
        self.secondDecay = secondDecay
        self.epsilon = epsilon
    }

    /// `adam`.
    package static let key = "adam"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Adam in the form that is differentiated."
    /// Its settings.
    package static let fields: Fields<Self> = []

    /// The means of gradients and of their squares.
    package var momentCount: Int { 2 }
    /// The second moment's derivative has the gradient in it.
    package var adjointNeedsGradient: Bool { true }
    /// And so has that of the step.
    package var adjointNeedsMoments: Bool { true }
    /// α_t of a step.
    private func rate(after step: Int) -> Double {
        let (first, second) = (firstDecay.power(step + 1), secondDecay.power(step + 1))
        return learningRate * (1 - second).squareRoot() / (1 - first)
    }

    /// Takes a step on one block; see ``InnerRule``.
    package func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, step: Int, movesParameters: Bool
    ) {
        VectorLoops.adamStep(
            &state.parameters, &state.first, &state.second,
            from: source.map { ($0.parameters, $0.first, $0.second) }, in: block,
            gradient: gradient, numbers(after: step), movesParameters: movesParameters)
    }

    private func numbers<Scalar: TensorScalar>(after step: Int) -> VectorLoops.Adam<Scalar> {
        VectorLoops.Adam(
            rate: rate(after: step), epsilon: epsilon, firstDecay: firstDecay,
            secondDecay: secondDecay)
    }

    /// With `m`, `v` after the step and `s = √v`:
    ///
    ///     λ_m ← λ_m − α_t λ_θ / (s + ε)
    ///     λ_v ← λ_v + α_t λ_θ m / (2 s (s + ε)²)
    ///     λ_g = (1 − β₁) λ_m + 2 (1 − β₂) g λ_v
    ///     λ_m ← β₁ λ_m,  λ_v ← β₂ λ_v
    package func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int
    ) {
        VectorLoops.adamPullBack(
            adjoint.parameters, &adjoint.first, &adjoint.second, to: &direction,
            first: state.first, second: state.second, in: block, gradient: gradient,
            numbers(after: step))
    }
}
