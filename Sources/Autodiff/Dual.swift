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
