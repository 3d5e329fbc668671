import Autodiff

/// Gradient descent with momentum, PyTorch's form: `m ← μ m + g`, `θ ← θ − α m`.
public struct InnerMomentum: Sendable, Hashable {
    /// α, the learning rate.
    public let learningRate: Double
    /// μ, how much of the momentum is kept.
    public let decay: Double

    /// Creates the rule.
    public init(learningRate: Double, decay: Double = 0.9) {
        self.learningRate = learningRate
        self.decay = decay
    }

    func update<Scalar: TensorScalar>(
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
    func pullBack<Scalar: TensorScalar>(
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
