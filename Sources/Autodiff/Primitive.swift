/// What a node of a tape computes from its operands.
///
/// The set is closed under differentiation: each pull-back (`Primitive+Pullback.swift`) and each
/// tangent (`Primitive+Tangent.swift`) is written once, in terms of these same primitives, and
/// the kernels know of values only.
enum Primitive: Sendable, Hashable {
    /// A constant that is set before the tape is run.
    case input
    /// A part of the flat vector of parameters, from this offset on.
    case parameter(offset: Int)
    /// The number 1, the adjoint of a loss by itself.
    case one
    /// The product of two matrices, each of them transposed first when asked to.
    case product(leftTransposed: Bool, rightTransposed: Bool)
    /// `x Wᵀ + b`, the bias added to every row.
    case linear
    /// `x + y`.
    case add
    /// `x − y`.
    case subtract
    /// `x · y`, element by element.
    case multiply
    /// `factor · x`.
    case scale(Double)
    /// The sum of all elements.
    case sum
    /// A scalar at every place of a shape.
    case fill
    /// The sum of a matrix's rows.
    case columnSums
    /// A vector as every row of a matrix.
    case repeatRow
    /// `max(x, 0)`.
    case relu
    /// The first operand where the second is positive, else 0.
    case gate
    /// The softmax cross-entropy of logits against weighted targets; see ``CrossEntropy``.
    case crossEntropy
    /// Its gradient by the logits, times a scalar: operands logits, targets, scalar.
    case crossEntropyGradient
    /// Its second derivative along a direction, times a scalar: logits, targets, scalar,
    /// direction.
    case crossEntropyCurvature
    /// Its slope along a direction: logits, targets, direction.
    case crossEntropySlope

    /// Whether this is a value that is given instead of computed.
    var isLeaf: Bool {
        switch self {
        case .input, .parameter, .one: true
        default: false
        }
    }
}
