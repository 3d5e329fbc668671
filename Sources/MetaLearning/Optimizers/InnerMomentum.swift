package import Autodiff
package import Documents

/// Gradient descent with momentum, PyTorch's form: `m ← μ m + g`, `θ ← θ − α m`.
package struct InnerMomentum: InnerRule, Hashable {
    /// α, the learning rate.
    package var learningRate: Double
    /// μ, how much of the momentum is kept, from 0 to 0.9999.
    package var decay: Double

    /// The rule with the default learning rate of `inner`, 10⁻⁴.
    package init() { self.init(learningRate: 1e-4) }

    /// Creates the rule.
    package init(learningRate: Double, decay: Double = 0.9) {
        self.learningRate = learningRate
        self.decay = decay
    }

    /// `momentum`.
    package static let key = "momentum"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Gradient descent with momentum."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("momentum", \.decay, .number(in: 0...0.9999), "How much of the momentum is kept.")
    ]

    /// The momentum.
    package var momentCount: Int { 1 }
    /// The adjoint is linear in the derivatives by parameters and momentum.
    package var adjointNeedsGradient: Bool { false }
    /// Nor does it depend on the momentum.
    package var adjointNeedsMoments: Bool { false }

    /// Takes a step on one block; see ``InnerRule``.
    package func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, step: Int, movesParameters: Bool
    ) {
        update(
            &state.parameters, &state.first, from: source, in: block, gradient: gradient,
            movesParameters: movesParameters)
    }

    private func update<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], _ momentum: inout [Scalar],
        from source: OptimizerState<Scalar>?, in block: Range<Int>, gradient: Span<Scalar>,
        movesParameters: Bool
    ) {
        let (rate, kept) = (Scalar(learningRate), Scalar(decay))
        var allMomentum = momentum.mutableSpan
        var m = allMomentum._mutatingExtracting(block)
        if let source {
            let before = source.first.span.extracting(block)
            for index in 0..<gradient.count { m[index] = kept * before[index] + gradient[index] }
        } else {
            for index in 0..<gradient.count { m[index] = kept * m[index] + gradient[index] }
        }
        guard movesParameters else { return }
        var allParameters = parameters.mutableSpan
        var theta = allParameters._mutatingExtracting(block)
        if let source {
            let before = source.parameters.span.extracting(block)
            for index in 0..<gradient.count { theta[index] = before[index] - rate * m[index] }
        } else {
            for index in 0..<gradient.count { theta[index] -= rate * m[index] }
        }
    }

    /// `λ_g = λ_m − α λ_θ`, `λ_m ← μ λ_g`; `λ_θ` stays.
    package func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int
    ) {
        pullBack(
            byParameters: adjoint.parameters, byMomentum: &adjoint.first, to: &direction,
            in: block)
    }

    private func pullBack<Scalar: TensorScalar>(
        byParameters: [Scalar], byMomentum: inout [Scalar], to direction: inout [Scalar],
        in block: Range<Int>
    ) {
        let (rate, kept) = (Scalar(learningRate), Scalar(decay))
        let lambda = byParameters.span.extracting(block)
        var allMomentum = byMomentum.mutableSpan
        var allDirection = direction.mutableSpan
        var m = allMomentum._mutatingExtracting(block)
        var g = allDirection._mutatingExtracting(block)
        for index in 0..<lambda.count { g[index] = m[index] - rate * lambda[index] }
        for index in 0..<lambda.count { m[index] = kept * g[index] }
    }
}
