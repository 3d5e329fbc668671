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
}
