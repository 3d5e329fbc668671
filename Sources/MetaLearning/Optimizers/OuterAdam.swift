package import Autodiff
package import Documents

/// Adam (Kingma and Ba 2015), PyTorch's form; weight decay is added to the gradient.
package struct OuterAdam: OuterRule, Hashable {
    /// w, the weight decay, from 0 to 1.
    package var weightDecay = 0.0

    /// No weight decay.
    package init() {}

    /// Adam with this weight decay.
    package init(weightDecay: Double) { self.weightDecay = weightDecay }

    /// `adam`.
    package static let key = "adam"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Adam."
    /// Its settings.
    package static let fields: Fields<Self> = [.weightDecay(\.weightDecay)]

    /// The means of gradients and of their squares.
    package var momentCount: Int { 2 }

    /// Takes a step on one block; see ``OuterRule``.
    package func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>, step: OuterStep
    ) {
        AdamStep(step, kept: 1, added: weightDecay).move(
            &parameters, first: &first, second: &second, in: block, gradient: gradient)
    }
}
