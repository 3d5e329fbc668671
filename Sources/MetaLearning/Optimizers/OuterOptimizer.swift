package import Autodiff

/// The rule that moves the meta-parameters: PyTorch's SGD, Adam or AdamW.
package struct OuterOptimizer<Scalar: TensorScalar>: Sendable {
    /// The rules.
    package enum Rule: String, Sendable, Hashable, CaseIterable {
        /// `θ ← θ − α (g + w θ)`.
        case sgd
        /// Adam; weight decay is added to the gradient.
        case adam
        /// Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019).
        case adamw
    }

    /// The rule.
    package let rule: Rule
    /// w, the weight decay.
    package let weightDecay: Double
    /// The moments and how many steps were taken.
    package private(set) var first: [Scalar]
    package private(set) var second: [Scalar]
    package private(set) var stepCount: Int

    private static var firstDecay: Double { 0.9 }
    private static var secondDecay: Double { 0.999 }
    private static var epsilon: Double { 1e-8 }

    /// Prepares a rule, from its start or from a checkpoint.
    package init(
        _ rule: Rule, weightDecay: Double, parameterCount: Int,
        resumingFrom saved: (first: [Scalar], second: [Scalar], stepCount: Int)? = nil
    ) {
        let zeros = rule == .sgd ? [] : [Scalar](repeating: 0, count: parameterCount)
        self.rule = rule
        self.weightDecay = weightDecay
        first = saved?.first ?? zeros
        second = saved?.second ?? zeros
        stepCount = saved?.stepCount ?? 0
    }

    /// Takes a step, in place.
    ///
    /// - Parameters:
    ///   - parameters: The flat parameters.
    ///   - gradient: The flat gradient.
    ///   - learningRate: α of this step.
    package mutating func step(
        _ parameters: inout [Scalar], gradient: [Scalar], learningRate: Double
    ) {
        beginStep()
        move(
            &parameters, in: 0..<parameters.count, gradient: gradient.span,
            learningRate: learningRate)
    }

    /// Starts a step whose gradient comes block by block.
    package mutating func beginStep() {
        stepCount += 1
    }

    /// Moves one block of the parameters by the step that was begun last.
    ///
    /// - Parameters:
    ///   - parameters: The flat parameters.
    ///   - block: The block; each one once a step.
    ///   - gradient: The block's gradient.
    ///   - learningRate: α of this step.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package mutating func move(
        _ parameters: inout [Scalar], in block: Range<Int>, gradient: Span<Scalar>,
        learningRate: Double
    ) {
        precondition(
            gradient.count == block.count,
            "expected \(block.count) gradients, got \(gradient.count)")
        let decay = Scalar(weightDecay)
        if rule == .sgd {
            let rate = Scalar(learningRate)
            var whole = parameters.mutableSpan
            var theta = whole._mutatingExtracting(block)
            for index in 0..<gradient.count {
                theta[index] -= rate * (gradient[index] + decay * theta[index])
            }
            return
        }
        let correction = (1 - Self.secondDecay.power(stepCount)).squareRoot()
        Self.move(
            &parameters, &first, &second, in: block, gradient,
            stepSize: Scalar(learningRate / (1 - Self.firstDecay.power(stepCount))),
            correction: Scalar(correction),
            kept: rule == .adamw ? Scalar(1 - learningRate * weightDecay) : 1,
            added: rule == .adam ? decay : 0)
    }

    /// Adam's step: `correction` is √(1 − β₂ᵗ), `kept` what AdamW leaves of a parameter and
    /// `added` what Adam adds of it to the gradient.
    private static func move(
        _ parameters: inout [Scalar], _ first: inout [Scalar], _ second: inout [Scalar],
        in block: Range<Int>, _ gradient: Span<Scalar>, stepSize: Scalar, correction: Scalar,
        kept: Scalar, added: Scalar
    ) {
        let (keepFirst, takeFirst) = (Scalar(firstDecay), Scalar(1 - firstDecay))
        let (keepSecond, takeSecond) = (Scalar(secondDecay), Scalar(1 - secondDecay))
        let epsilon = Scalar(epsilon)
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
