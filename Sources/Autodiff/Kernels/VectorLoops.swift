private import CVectorKernels

/// Loops over whole vectors at the processor's own vector width, in C.
///
/// The same bits at every width: no sum is reordered and no product fused with one. Every
/// function checks that its vectors are of one length before it hands their memory over.
package enum VectorLoops {
    /// `result = base + factor · x`; `base` is the result itself when left out.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func add<Scalar: TensorScalar>(
        _ x: Span<Scalar>, times factor: Scalar, into result: inout MutableSpan<Scalar>
    ) {
        let count = result.count
        precondition(x.count == count, "vectors differ in length")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe result.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let r = result.baseAddress else {
                    return
                }
                if Scalar.self == Float.self {
                    unsafe myotask_axpy_float(
                        float(r), float(r), float(factor), float(x), count)
                } else {
                    unsafe myotask_axpy_double(
                        double(r), double(r), double(factor), double(x), count)
                }
            }
        }
    }

    /// `result = base + factor · x`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func add<Scalar: TensorScalar>(
        _ x: Span<Scalar>, times factor: Scalar, to base: Span<Scalar>,
        into result: inout MutableSpan<Scalar>
    ) {
        let count = result.count
        precondition(x.count == count && base.count == count, "vectors differ in length")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe base.withUnsafeBufferPointer { base in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let x = x.baseAddress, let b = base.baseAddress,
                        let r = result.baseAddress
                    else { return }
                    if Scalar.self == Float.self {
                        unsafe myotask_axpy_float(
                            float(r), float(b), float(factor), float(x), count)
                    } else {
                        unsafe myotask_axpy_double(
                            double(r), double(b), double(factor), double(x), count)
                    }
                }
            }
        }
    }

    /// `result = factor · x`, added to what is there when `accumulating`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func scale<Scalar: TensorScalar>(
        _ x: Span<Scalar>, by factor: Scalar, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        let count = result.count
        precondition(x.count == count, "operands differ in length")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe result.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let r = result.baseAddress else {
                    return
                }
                let adds: Int32 = accumulating ? 1 : 0
                if Scalar.self == Float.self {
                    unsafe myotask_scale_float(float(r), float(x), float(factor), count, adds)
                } else {
                    unsafe myotask_scale_double(
                        double(r), double(x), double(factor), count, adds)
                }
            }
        }
    }

    /// `result = x · y`, element by element.
    static func multiply<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ y: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        let count = result.count
        precondition(x.count == count && y.count == count, "operands differ in length")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe y.withUnsafeBufferPointer { y in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let x = x.baseAddress, let y = y.baseAddress,
                        let r = result.baseAddress
                    else { return }
                    let adds: Int32 = accumulating ? 1 : 0
                    if Scalar.self == Float.self {
                        unsafe myotask_multiply_float(float(r), float(x), float(y), count, adds)
                    } else {
                        unsafe myotask_multiply_double(
                            double(r), double(x), double(y), count, adds)
                    }
                }
            }
        }
    }

    /// `result = x` where `gate > 0`, else 0.
    static func gate<Scalar: TensorScalar>(
        _ x: Span<Scalar>, where gate: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        let count = result.count
        precondition(x.count == count && gate.count == count, "operands differ in length")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe gate.withUnsafeBufferPointer { gate in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let x = x.baseAddress, let g = gate.baseAddress,
                        let r = result.baseAddress
                    else { return }
                    let adds: Int32 = accumulating ? 1 : 0
                    if Scalar.self == Float.self {
                        unsafe myotask_gate_float(float(r), float(x), float(g), count, adds)
                    } else {
                        unsafe myotask_gate_double(
                            double(r), double(x), double(g), count, adds)
                    }
                }
            }
        }
    }

    /// `result = max(x, 0)`.
    static func rectify<Scalar: TensorScalar>(
        _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        let count = result.count
        precondition(x.count == count, "operands differ in length")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe result.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let r = result.baseAddress else {
                    return
                }
                let adds: Int32 = accumulating ? 1 : 0
                if Scalar.self == Float.self {
                    unsafe myotask_rectify_float(float(r), float(x), count, adds)
                } else {
                    unsafe myotask_rectify_double(double(r), double(x), count, adds)
                }
            }
        }
    }

    /// `x = max(x, 0)`.
    static func rectify<Scalar: TensorScalar>(_ x: inout MutableSpan<Scalar>) {
        let count = x.count
        unsafe x.withUnsafeMutableBufferPointer { x in
            guard let x = x.baseAddress else { return }
            if Scalar.self == Float.self {
                unsafe myotask_rectify_float(float(x), float(x), count, 0)
            } else {
                unsafe myotask_rectify_double(double(x), double(x), count, 0)
            }
        }
    }

    /// `x = x` where `gate > 0`, else 0.
    static func gate<Scalar: TensorScalar>(
        _ x: inout MutableSpan<Scalar>, where gate: Span<Scalar>
    ) {
        let count = x.count
        precondition(gate.count == count, "operands differ in length")
        unsafe x.withUnsafeMutableBufferPointer { x in
            unsafe gate.withUnsafeBufferPointer { gate in
                guard let x = x.baseAddress, let g = gate.baseAddress else { return }
                if Scalar.self == Float.self {
                    unsafe myotask_gate_float(float(x), float(x), float(g), count, 0)
                } else {
                    unsafe myotask_gate_double(double(x), double(x), double(g), count, 0)
                }
            }
        }
    }

    // MARK: The element type

    // Safe: each is called where `Scalar` has been shown to be that type, or is the other one.
    @inline(__always)
    static func float<Scalar>(_ value: Scalar) -> Float {
        unsafe unsafeBitCast(value, to: Float.self)
    }

    @inline(__always)
    static func double<Scalar>(_ value: Scalar) -> Double {
        unsafe unsafeBitCast(value, to: Double.self)
    }

    @inline(__always)
    static func float<Scalar>(_ pointer: UnsafePointer<Scalar>) -> UnsafePointer<Float> {
        unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: Float.self)
    }

    @inline(__always)
    static func double<Scalar>(_ pointer: UnsafePointer<Scalar>) -> UnsafePointer<Double> {
        unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: Double.self)
    }

    @inline(__always)
    static func float<Scalar>(
        _ pointer: UnsafeMutablePointer<Scalar>
    ) -> UnsafeMutablePointer<Float> {
        unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Float.self)
    }

    @inline(__always)
    static func double<Scalar>(
        _ pointer: UnsafeMutablePointer<Scalar>
    ) -> UnsafeMutablePointer<Double> {
        unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Double.self)
    }
}
