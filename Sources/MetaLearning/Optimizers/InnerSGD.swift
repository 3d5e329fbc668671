package import Autodiff
package import Documents

/// Gradient descent: `θ ← θ − α g`.
package struct InnerSGD: InnerRule, Hashable {
    /// α, the learning rate.
    package var learningRate: Double

    /// The rule with the default learning rate of `inner`, 10⁻⁴.
    package init() { self.init(learningRate: 1e-4) }

    /// Creates the rule.
    package init(learningRate: Double) {
        self.learningRate = learningRate
    }

    /// `sgd`.
    package static let key = "sgd"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Gradient descent."
    /// Its settings.
    package static let fields: Fields<Self> = []

    /// None.
    package var momentCount: Int { 0 }
    /// The adjoint is a multiple of the derivative by the parameters.
    package var adjointNeedsGradient: Bool { false }
    /// There are none.
    package var adjointNeedsMoments: Bool { false }

    /// Takes a step on one block; see ``InnerRule``.
    package func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, step: Int, movesParameters: Bool
    ) {
        guard movesParameters else { return }
        let rate = Scalar(-learningRate)
        var whole = state.parameters.mutableSpan
        var part = whole._mutatingExtracting(block)
        guard let source else {
            return VectorLoops.add(gradient, times: rate, into: &part)
        }
        VectorLoops.add(
            gradient, times: rate, to: source.parameters.span.extracting(block), into: &part)
    }

    /// `λ_g = −α λ_θ`; `λ_θ` stays.
    package func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int
    ) {
        let rate = Scalar(-learningRate)
        let values = adjoint.parameters.span.extracting(block)
        var whole = direction.mutableSpan
        var part = whole._mutatingExtracting(block)
        VectorLoops.scale(values, by: rate, into: &part, accumulating: false)
    }
}
