import Autodiff

/// Adam as it is differentiated: ε is added to the uncorrected `√v` and the bias correction sits
/// in the step size.
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     θ ← θ − α_t m / (√v + ε),   α_t = α √(1 − β₂ᵗ) / (1 − β₁ᵗ),   t = 1, 2, …
///
/// After Kingma and Ba, "Adam", 2015, section 2, last paragraph. The derivative of `√v` where
/// `v = 0` is taken as 0: units that never fired would make it infinite.
public struct InnerAdam: Sendable, Hashable {
    /// α, the learning rate.
    public let learningRate: Double
    /// β₁, how much of the first moment is kept.
    public let firstDecay: Double
    /// β₂, how much of the second moment is kept.
    public let secondDecay: Double
    /// ε.
    public let epsilon: Double

    /// Numbers that are worked on at a time, so that they stay in the first-level cache from one
    /// loop to the next.
    private static var stretch: Int { 1_024 }

    /// Creates the rule.
    public init(
        learningRate: Double, firstDecay: Double = 0.9, secondDecay: Double = 0.999,
        epsilon: Double = 1e-8
    ) {
        self.learningRate = learningRate
        self.firstDecay = firstDecay
        self.secondDecay = secondDecay
        self.epsilon = epsilon
    }

    /// α_t of a step.
    private func rate(after step: Int) -> Double {
        let (first, second) = (firstDecay.power(step + 1), secondDecay.power(step + 1))
        return learningRate * (1 - second).squareRoot() / (1 - first)
    }

    func update<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], _ first: inout [Scalar], _ second: inout [Scalar],
        from source: OptimizerState<Scalar>?, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int, movesParameters: Bool
    ) {
        let rate = Scalar(rate(after: step))
        let epsilon = Scalar(epsilon)
        let (keepFirst, takeFirst) = (Scalar(firstDecay), Scalar(1 - firstDecay))
        let (keepSecond, takeSecond) = (Scalar(secondDecay), Scalar(1 - secondDecay))
        var allParameters = parameters.mutableSpan
        var allFirst = first.mutableSpan
        var allSecond = second.mutableSpan
        for start in stride(from: 0, to: gradient.count, by: Self.stretch) {
            let count = min(Self.stretch, gradient.count - start)
            let place = block.lowerBound + start..<block.lowerBound + start + count
            let g = gradient.extracting(start..<start + count)
            var m = allFirst._mutatingExtracting(place)
            var v = allSecond._mutatingExtracting(place)
            if let source {
                Self.copy(source.first.span.extracting(place), to: &m)
                Self.copy(source.second.span.extracting(place), to: &v)
            }
            for index in 0..<count { m[index] = keepFirst * m[index] + takeFirst * g[index] }
            for index in 0..<count {
                v[index] = keepSecond * v[index] + takeSecond * (g[index] * g[index])
            }
            guard movesParameters else { continue }
            var theta = allParameters._mutatingExtracting(place)
            if let source { Self.copy(source.parameters.span.extracting(place), to: &theta) }
            for index in 0..<count {
                theta[index] -= rate * m[index] / (v[index].root + epsilon)
            }
        }
    }

    private static func copy<Scalar: TensorScalar>(
        _ values: Span<Scalar>, to target: inout MutableSpan<Scalar>
    ) {
        for index in 0..<values.count { target[index] = values[index] }
    }

    /// With `m`, `v` after the step and `s = √v`:
    ///
    ///     λ_m ← λ_m − α_t λ_θ / (s + ε)
    ///     λ_v ← λ_v + α_t λ_θ m / (2 s (s + ε)²)
    ///     λ_g = (1 − β₁) λ_m + 2 (1 − β₂) g λ_v
    ///     λ_m ← β₁ λ_m,  λ_v ← β₂ λ_v
    func pullBack<Scalar: TensorScalar>(
        byParameters: [Scalar], byFirst: inout [Scalar], bySecond: inout [Scalar],
        to direction: inout [Scalar], from state: OptimizerState<Scalar>, in block: Range<Int>,
        gradient: Span<Scalar>, step: Int
    ) {
        let rate = Scalar(rate(after: step))
        let epsilon = Scalar(epsilon)
        let (keepFirst, takeFirst) = (Scalar(firstDecay), Scalar(1 - firstDecay))
        let (keepSecond, takeSecond) = (Scalar(secondDecay), Scalar(1 - secondDecay))
        let (firstShare, secondShare) = (takeFirst / keepFirst, 2 * takeSecond / keepSecond)
        var allFirst = byFirst.mutableSpan
        var allSecond = bySecond.mutableSpan
        var allDirection = direction.mutableSpan
        let rootSpace = min(Self.stretch, gradient.count)
        var root = [Scalar](repeating: 0, count: rootSpace)
        var push = [Scalar](repeating: 0, count: rootSpace)
        for start in stride(from: 0, to: gradient.count, by: Self.stretch) {
            let count = min(Self.stretch, gradient.count - start)
            let place = block.lowerBound + start..<block.lowerBound + start + count
            let g = gradient.extracting(start..<start + count)
            let m = state.first.span.extracting(place)
            let v = state.second.span.extracting(place)
            let lambda = byParameters.span.extracting(place)
            var lambdaFirst = allFirst._mutatingExtracting(place)
            var lambdaSecond = allSecond._mutatingExtracting(place)
            var byGradient = allDirection._mutatingExtracting(place)
            var s = root.mutableSpan
            for index in 0..<count {
                s[index] = (keepSecond * v[index] + takeSecond * (g[index] * g[index])).root
            }
            var p = push.mutableSpan
            for index in 0..<count {
                p[index] = rate * lambda[index] / (s[index] + epsilon)
            }
            for index in 0..<count {
                lambdaFirst[index] = keepFirst * (lambdaFirst[index] - p[index])
            }
            for index in 0..<count {
                let moment = keepFirst * m[index] + takeFirst * g[index]
                let slope = p[index] * moment / (2 * s[index] * (s[index] + epsilon))
                lambdaSecond[index] =
                    keepSecond * (lambdaSecond[index] + (s[index] > 0 ? slope : 0))
            }
            for index in 0..<count {
                byGradient[index] =
                    firstShare * lambdaFirst[index] + secondShare * (g[index] * lambdaSecond[index])
            }
        }
    }
}
