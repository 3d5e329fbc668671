import MyoTask

/// Steps of one size against the sign of the meta-gradient: `θ ← θ − α sign(g)` (Bernstein et al.,
/// "signSGD", ICML 2018).
struct SignDescent: OuterRule, Hashable {
    static let key = "sign"
    static let documentation = "Steps of one size against the sign of the gradient."
    static let fields: Fields<Self> = []

    var momentCount: Int { 0 }

    func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>, step: OuterStep
    ) {
        let rate = Scalar(step.learningRate)
        for (place, index) in block.enumerated() {
            if gradient[place] > 0 { parameters[index] -= rate }
            if gradient[place] < 0 { parameters[index] += rate }
        }
    }
}
