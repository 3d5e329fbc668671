import Autodiff

/// Gradient descent with a learned rate for each parameter tensor and step; see ``LayerRates``.
enum InnerLayerRates {
    static func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, place: Int
    ) {
        let rate = -(source?.rates ?? state.rates)[place]
        var whole = state.parameters.mutableSpan
        var part = whole._mutatingExtracting(block)
        guard let source else { return VectorLoops.add(gradient, times: rate, into: &part) }
        VectorLoops.add(
            gradient, times: rate, to: source.parameters.span.extracting(block), into: &part)
    }

    /// `λ_g = −α λ_θ`, `λ_α ← λ_α − g · λ_θ`; `λ_θ` stays.
    static func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        place: Int
    ) {
        let rate = -state.rates[place]
        let parameters = adjoint.parameters
        let lambda = parameters.span.extracting(block)
        var whole = direction.mutableSpan
        var push = whole._mutatingExtracting(block)
        var product: Scalar = 0
        for index in 0..<gradient.count {
            push[index] = rate * lambda[index]
            product += gradient[index] * lambda[index]
        }
        adjoint.rates[place] -= product
    }
}
