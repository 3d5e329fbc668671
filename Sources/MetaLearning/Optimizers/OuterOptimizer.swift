package import Autodiff

/// The rule that moves the meta-parameters, with what it remembers of the steps before.
package struct OuterOptimizer<Scalar: TensorScalar>: Sendable {
    /// The rule that moves the meta-parameters along the meta-gradient.
    package let rule: any OuterRule
    /// The first moment, empty when the rule keeps none.
    package private(set) var first: [Scalar]
    /// The second moment likewise.
    package private(set) var second: [Scalar]
    /// How many steps were taken.
    package private(set) var stepCount: Int

    /// Prepares a rule, from its start or from a checkpoint.
    package init(
        _ rule: any OuterRule, parameterCount: Int,
        resumingFrom saved: (first: [Scalar], second: [Scalar], stepCount: Int)? = nil
    ) {
        func zeros(_ isKept: Bool) -> [Scalar] {
            isKept ? Array(repeating: 0, count: parameterCount) : []
        }
        self.rule = rule
        first = saved?.first ?? zeros(rule.momentCount > 0)
        second = saved?.second ?? zeros(rule.momentCount > 1)
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
    package mutating func move(
        _ parameters: inout [Scalar], in block: Range<Int>, gradient: Span<Scalar>,
        learningRate: Double
    ) {
        precondition(
            gradient.count == block.count,
            "expected \(block.count) gradients, got \(gradient.count)")
        rule.move(
            &parameters, first: &first, second: &second, in: block, gradient: gradient,
            step: OuterStep(learningRate: learningRate, count: stepCount))
    }
}
