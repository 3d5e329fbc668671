import Autodiff

/// Gradient descent with a learning rate for each parameter, `θ ← θ − α ∘ g`, which is learned as
/// well (Li et al., "Meta-SGD", 2017).
enum InnerMetaSGD {
    static func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>
    ) {
        let rates = source?.rates ?? state.rates
        let rate = rates.span.extracting(block)
        var whole = state.parameters.mutableSpan
        var part = whole._mutatingExtracting(block)
        guard let source else {
            for index in 0..<gradient.count { part[index] -= rate[index] * gradient[index] }
            return
        }
        let before = source.parameters.span.extracting(block)
        for index in 0..<gradient.count {
            part[index] = before[index] - rate[index] * gradient[index]
        }
    }

    /// `λ_g = −α ∘ λ_θ`, `λ_α ← λ_α − g ∘ λ_θ`; `λ_θ` stays.
    static func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>
    ) {
        let rate = state.rates.span.extracting(block)
        let parameters = adjoint.parameters
        let lambda = parameters.span.extracting(block)
        var allDirection = direction.mutableSpan
        var allRates = adjoint.rates.mutableSpan
        var push = allDirection._mutatingExtracting(block)
        var byRate = allRates._mutatingExtracting(block)
        for index in 0..<gradient.count { push[index] = -rate[index] * lambda[index] }
        for index in 0..<gradient.count { byRate[index] -= gradient[index] * lambda[index] }
    }
}
