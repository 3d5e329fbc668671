public import Autodiff
public import Documents

/// A rule of a step of adaptation and its adjoint, with its settings.
///
/// A step maps a state (parameters and moments) and a gradient to the next state. Its adjoint maps
/// the derivative of the query loss by the next state to that by the state before; the part that
/// goes through the gradient comes out as a direction, by which the caller multiplies the support
/// loss's Hessian. Both work on blocks of the flat vector of parameters, each block once a step.
///
/// The library's rules are listed by `myotask kinds`; a package outside adds its own to the
/// ``Documents/Kinds`` that documents are read with, which then call it by its key, as
/// `inner: {optimizer: nesterov}`.
public protocol InnerRule: DescribedKind {
    /// α, the learning rate, above 0; a member of `inner` beside the rule's own settings.
    var learningRate: Double { get set }

    /// Moments that are kept besides the parameters, 0 to 2: ``OptimizerState/first`` and
    /// ``OptimizerState/second``.
    var momentCount: Int { get }

    /// Whether the adjoint reads the step's gradient.
    var adjointNeedsGradient: Bool { get }

    /// Whether the adjoint reads the moments before the step.
    var adjointNeedsMoments: Bool { get }

    /// Takes a step on one block.
    ///
    /// - Parameters:
    ///   - state: The state after; also the state before when there is no other `source`.
    ///   - source: The state before, when it is to stay as it is.
    ///   - block: The gradient's place in the flat vector.
    ///   - gradient: The block's gradient, as many numbers as the block.
    ///   - step: How many steps were taken before.
    ///   - movesParameters: Whether parameters are updated too, or moments only.
    func update<Scalar: TensorScalar>(
        _ state: inout OptimizerState<Scalar>, from source: OptimizerState<Scalar>?,
        in block: Range<Int>, gradient: Span<Scalar>, step: Int, movesParameters: Bool)

    /// Takes the derivative by the next state back to the state before, on one block, in place.
    ///
    /// - Parameters:
    ///   - adjoint: The derivative of the query loss by the next state; afterwards by the state
    ///     before, without what goes through the gradient.
    ///   - direction: Set, in the block, to the derivative of the query loss by the step's gradient.
    ///   - state: The state before the step; its parameters are not to be read.
    ///   - block: The block.
    ///   - gradient: The block's gradient; empty unless ``adjointNeedsGradient``.
    ///   - step: How many steps were taken before.
    func pullBack<Scalar: TensorScalar>(
        _ adjoint: inout OptimizerState<Scalar>, to direction: inout [Scalar],
        from state: OptimizerState<Scalar>, in block: Range<Int>, gradient: Span<Scalar>,
        step: Int)
}

extension Kinds {
    /// Adds an inner optimizer of a package outside.
    ///
    /// - Parameter type: Its type; its key is not one of the library's or of those added before.
    public mutating func add<Kind: InnerRule>(innerOptimizer type: Kind.Type) {
        add(Registry<any InnerRule>.Entry(type) { $0 })
    }
}
