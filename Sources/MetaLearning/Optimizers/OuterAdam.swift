public import Autodiff
public import Documents

/// Adam (Kingma and Ba 2015), PyTorch's form; weight decay is added to the gradient.
public struct OuterAdam: OuterRule, Hashable {
    /// w, the weight decay, from 0 to 1.
    public var weightDecay = 0.0

    /// No weight decay.
    public init() {}

    /// Adam with this weight decay.
    public init(weightDecay: Double) { self.weightDecay = weightDecay }

    /// `adam`.
    public static let key = "adam"
    /// What it is.
    public static let documentation = "Adam."
    /// Its settings.
    public static let fields: Fields<Self> = [.weightDecay(\.weightDecay)]

    /// The means of gradients and of their squares.
    public var momentCount: Int { 2 }

    /// Takes a step on one block; see ``OuterRule``.
    public func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>, step: OuterStep
    ) {
        AdamStep(step, kept: 1, added: weightDecay).move(
            &parameters, first: &first, second: &second, in: block, gradient: gradient)
    }
}
