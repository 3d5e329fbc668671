package import Autodiff
package import Documents

/// Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019), PyTorch's form.
package struct OuterAdamW: OuterRule, Hashable {
    /// w, the weight decay, from 0 to 1.
    package var weightDecay = 0.01

    /// A weight decay of 0.01.
    package init() {}

    /// AdamW with this weight decay.
    package init(weightDecay: Double) { self.weightDecay = weightDecay }

    /// `adamw`.
    package static let key = "adamw"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Adam with weight decay apart from the gradient."
    /// Its settings.
    package static let fields: Fields<Self> = [.weightDecay(\.weightDecay)]

    /// The means of gradients and of their squares.
    package var momentCount: Int { 2 }

    /// Takes a step on one block; see ``OuterRule``.
    package func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>, step: OuterStep
    ) {
        AdamStep(step, kept: 1 - step.learningRate * weightDecay, added: 0).move(
            &parameters, first: &first, second: &second, in: block, gradient: gradient)
    }
}
