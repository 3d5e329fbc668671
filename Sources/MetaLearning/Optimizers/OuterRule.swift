public import Autodiff
public import Documents

/// A rule that moves the meta-parameters along the meta-gradient, with its settings.
///
/// The library's rules are PyTorch's, listed by `myotask kinds`; a package outside adds its own
/// to the ``Documents/Kinds`` that documents are read with, which then call it by its key, as
/// `outer: {optimizer: lion}`. A rule is called once for a layer's block of parameters or more, so
/// a call through the protocol costs nothing that can be measured; its loops are specialized.
public protocol OuterRule: DescribedKind {
    /// Moments that are kept besides the parameters, 0 to 2. What is not kept is empty.
    var momentCount: Int { get }

    /// Moves one block of the parameters.
    ///
    /// - Parameters:
    ///   - parameters: The flat parameters.
    ///   - first: The first moment, a flat vector; zeros at first.
    ///   - second: The second moment likewise.
    ///   - block: The block; each one once a step.
    ///   - gradient: The block's gradient, as many numbers as the block.
    ///   - step: The step that is taken.
    func move<Scalar: TensorScalar>(
        _ parameters: inout [Scalar], first: inout [Scalar], second: inout [Scalar],
        in block: Range<Int>, gradient: Span<Scalar>, step: OuterStep)
}

extension Registry<any OuterRule> {
    /// The library's rules.
    package static var standard: Registry {
        Registry([
            .init(OuterAdamW.self) { $0 }, .init(OuterAdam.self) { $0 },
            .init(OuterSGD.self) { $0 },
        ])
    }
}

extension Kinds {
    /// Adds an outer optimizer of a package outside.
    ///
    /// - Parameter type: Its type; its key is not one of the library's or of those added before.
    public mutating func add<Kind: OuterRule>(outerOptimizer type: Kind.Type) {
        add(Registry<any OuterRule>.Entry(type) { $0 })
    }
}
