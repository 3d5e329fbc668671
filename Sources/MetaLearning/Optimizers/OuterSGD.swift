package import Autodiff
package import Documents

/// Gradient descent, PyTorch's `SGD`: `θ ← θ − α (g + w θ)`.
package struct OuterSGD: OuterRule, Hashable {
    /// w, the weight decay, from 0 to 1.
    package var weightDecay = 0.0

    /// No weight decay.
    package init() {}

    /// Descent with this weight decay.
    package init(weightDecay: Double) { self.weightDecay = weightDecay }

    /// `sgd`.
    package static let key = "sgd"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Gradient descent."
    /// Its settings.
    package static let fields: Fields<Self> = [.weightDecay(\.weightDecay)]

    /// None.
    package var momentCount: Int { 0 }

    /// Takes a step on one block; see ``OuterRule``.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>, step: OuterStep
    ) {
        let (rate, decay) = (Scalar(step.learningRate), Scalar(weightDecay))
        var whole = parameters.mutableSpan
        var theta = whole._mutatingExtracting(block)
        for index in 0..<gradient.count {
            theta[index] -= rate * (gradient[index] + decay * theta[index])
        }
    }
}

extension Field {
    /// The weight decay of an outer rule.
    static func weightDecay(_ path: any WritableKeyPath<Root, Double> & Sendable) -> Field {
        Field(
            "weight_decay", path, .number(in: 0...1),
            "The weight decay; 0.01 for adamw and 0 for the others when left out.")
    }
}
