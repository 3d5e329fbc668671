public import CBLAS
private import Foundation

/// A number that tensors are made of: `Float` or `Double`.
public protocol TensorScalar: BinaryFloatingPoint, Sendable {
    /// The correctly rounded square root, in a form that loops can be vectorized with.
    var root: Self { get }
    /// e to this power.
    var exponential: Self { get }
    /// The natural logarithm.
    var naturalLogarithm: Self { get }
    /// The error function of this number.
    var errorFunction: Self { get }
    /// The hyperbolic tangent of this number.
    var hyperbolicTangent: Self { get }

    /// Multiplies two matrices of a layout by BLAS, `result = left · right`, added to what is there
    /// when asked to; see ``MatrixLayout``.
    static func multiplyByBLAS(
        _ layout: MatrixLayout, _ left: Span<Self>, _ right: Span<Self>,
        into result: inout MutableSpan<Self>, accumulating: Bool)
}

extension Float: TensorScalar {
    /// The correctly rounded square root, in a form that loops can be vectorized with.
    @inlinable public var root: Float { myotask_square_root_float(self) }
    /// e to this power.
    public var exponential: Float { exp(self) }
    /// The natural logarithm.
    public var naturalLogarithm: Float { log(self) }
    /// The error function of this number.
    public var errorFunction: Float { erf(self) }
    /// The hyperbolic tangent of this number.
    public var hyperbolicTangent: Float { tanh(self) }
}

extension Double: TensorScalar {
    /// The correctly rounded square root, in a form that loops can be vectorized with.
    @inlinable public var root: Double { myotask_square_root_double(self) }
    /// e to this power.
    public var exponential: Double { exp(self) }
    /// The natural logarithm.
    public var naturalLogarithm: Double { log(self) }
    /// The error function of this number.
    public var errorFunction: Double { erf(self) }
    /// The hyperbolic tangent of this number.
    public var hyperbolicTangent: Double { tanh(self) }
}
