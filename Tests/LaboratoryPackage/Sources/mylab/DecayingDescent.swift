import MyoTask

/// Gradient descent with weight decay: `θ ← (1 − αw) θ − α g`.
struct DecayingDescent: InnerRule, Hashable {
    /// α, the learning rate.
    var learningRate = 1e-4
    /// w, the weight decay.
    var decay = 0.01

    static let key = "decaying_descent"
    static let documentation = "Gradient descent with weight decay."
    static let fields: Fields<Self> = [
        Field("decay", \.decay, .number(in: 0...1), "The weight decay.")
    ]

    var momentCount: Int { 0 }
    var adjointNeedsGradient: Bool { false }
    var adjointNeedsMoments: Bool { false }

    func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, step: Int, movesParameters: Bool
    ) {
        guard movesParameters else { return }
        let (rate, kept) = (Scalar(learningRate), Scalar(1 - learningRate * decay))
        for (place, index) in block.enumerated() {
            let before = source?.parameters[index] ?? state.parameters[index]
            state.parameters[index] = kept * before - rate * gradient[place]
        }
    }

    /// `λ_g = −α λ_θ`, and `λ_θ ← (1 − αw) λ_θ`.
    func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int
    ) {
        let (rate, kept) = (Scalar(learningRate), Scalar(1 - learningRate * decay))
        for index in block {
            direction[index] = -rate * adjoint.parameters[index]
            adjoint.parameters[index] *= kept
        }
    }
}
