/// Numbers in row-major order with their shape.
public struct Tensor<Scalar: TensorScalar>: Sendable, Hashable {
    /// The extents.
    public let shape: Shape
    /// The numbers, `shape.count` of them, the last extent varying fastest.
    public private(set) var elements: [Scalar]

    /// Creates a tensor.
    ///
    /// - Parameters:
    ///   - shape: The extents.
    ///   - elements: The numbers in row-major order, `shape.count` of them.
    public init(shape: Shape, elements: [Scalar]) {
        precondition(
            elements.count == shape.count,
            "shape \(shape) has \(shape.count) elements, got \(elements.count)")
        self.shape = shape
        self.elements = elements
    }

    /// Creates a tensor of one number.
    public init(_ scalar: Scalar) {
        self.init(shape: .scalar, elements: [scalar])
    }

    /// The numbers as another shape of the same count.
    public func reshaped(to shape: Shape) -> Tensor {
        Tensor(shape: shape, elements: elements)
    }
}

/// A dual number over tensors, `value + ε tangent` with `ε² = 0`.
///
/// The tangent is the derivative of the value along a direction in parameter space; `nil` stands
/// for a tangent that is zero because the value does not depend on a parameter.
public struct Dual<Scalar: TensorScalar>: Sendable, Hashable {
    /// The value.
    public let value: Tensor<Scalar>
    /// Its derivative along the direction; of the same shape.
    public let tangent: Tensor<Scalar>?

    /// Creates a dual number.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - tangent: Its derivative along a direction, of the same shape.
    public init(value: Tensor<Scalar>, tangent: Tensor<Scalar>?) {
        precondition(
            tangent.map { $0.shape == value.shape } ?? true,
            "a tangent has its value's shape, \(value.shape)")
        self.value = value
        self.tangent = tangent
    }
}
