internal import Autodiff

/// A step of Adam or AdamW.
struct AdamStep {
    private let step: OuterStep
    private let kept: Double
    private let added: Double

    private static let firstDecay = 0.9
    private static let secondDecay = 0.999
    private static let epsilon = 1e-8

    /// Prepares a step.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - kept: What AdamW leaves of a parameter.
    ///   - added: What Adam adds of a parameter to its gradient.
    init(_ step: OuterStep, kept: Double, added: Double) {
        self.step = step
        self.kept = kept
        self.added = added
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>
    ) {
        let (keepFirst, takeFirst) = (Scalar(Self.firstDecay), Scalar(1 - Self.firstDecay))
        let (keepSecond, takeSecond) = (Scalar(Self.secondDecay), Scalar(1 - Self.secondDecay))
        let correction = Scalar((1 - Self.secondDecay.power(step.count)).squareRoot())
        let stepSize = Scalar(step.learningRate / (1 - Self.firstDecay.power(step.count)))
        let (epsilon, kept, added) = (Scalar(Self.epsilon), Scalar(kept), Scalar(added))
        var allParameters = parameters.mutableSpan
        var allFirst = first.mutableSpan
        var allSecond = second.mutableSpan
        var theta = allParameters._mutatingExtracting(block)
        var m = allFirst._mutatingExtracting(block)
        var v = allSecond._mutatingExtracting(block)
        for index in 0..<gradient.count {
            let slope = gradient[index] + added * theta[index]
            m[index] = keepFirst * m[index] + takeFirst * slope
        }
        for index in 0..<gradient.count {
            let slope = gradient[index] + added * theta[index]
            v[index] = keepSecond * v[index] + takeSecond * (slope * slope)
        }
        for index in 0..<gradient.count {
            theta[index] =
                kept * theta[index] - stepSize * m[index] / (v[index].root / correction + epsilon)
        }
    }
}
