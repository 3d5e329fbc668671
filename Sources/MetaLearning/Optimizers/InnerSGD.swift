import Autodiff

/// Gradient descent: `θ ← θ − α g`.
public struct InnerSGD: Sendable, Hashable {
    /// α, the learning rate.
    public let learningRate: Double

    /// Creates the rule.
    public init(learningRate: Double) {
        self.learningRate = learningRate
    }

    func update<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>
    ) {
        let rate = Scalar(-learningRate)
        var whole = parameters.mutableSpan
        var part = whole._mutatingExtracting(block)
        guard let source else {
            return VectorLoops.add(gradient, times: rate, into: &part)
        }
        VectorLoops.add(
            gradient, times: rate, to: source.parameters.span.extracting(block), into: &part)
    }

    /// `λ_g = −α λ_θ`; `λ_θ` stays.
    func pullBack<Scalar: TensorScalar>(
        _ adjoint: [Scalar], to direction: inout [Scalar], in block: Range<Int>
    ) {
        let rate = Scalar(-learningRate)
        let values = adjoint.span.extracting(block)
        var whole = direction.mutableSpan
        var part = whole._mutatingExtracting(block)
        VectorLoops.scale(values, by: rate, into: &part, accumulating: false)
    }
}
