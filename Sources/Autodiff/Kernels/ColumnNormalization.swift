private import CVectorKernels

/// Columns divided by their spread, with derivatives, in C: what batch normalization does before it
/// scales and shifts (Ioffe and Szegedy, "Batch normalization", 2015, algorithm 1).
///
/// With `n` the result and `σ` the spread of a column of `N` rows, the Jacobian
/// `J = (I − 1 1ᵀ / N − n nᵀ / N) / σ` is symmetric: it serves the tangent and the pull-back alike.
enum ColumnNormalization {
    static func value<Scalar: TensorScalar>(
        _ x: Span<Scalar>, columns: Int, _ epsilon: Double, into result: inout MutableSpan<Scalar>
    ) {
        precondition(
            x.count.isMultiple(of: columns) && result.count == x.count,
            "expected rows of \(columns) numbers, got \(x.count) and \(result.count)")
        let rows = x.count / columns
        unsafe x.withUnsafeBufferPointer { x in
            unsafe result.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let r = result.baseAddress else { return }
                if Scalar.self == Float.self {
                    unsafe myotask_normalize_columns_float(
                        VectorLoops.float(r), VectorLoops.float(x), rows, columns, Float(epsilon))
                } else {
                    unsafe myotask_normalize_columns_double(
                        VectorLoops.double(r), VectorLoops.double(x), rows, columns, epsilon)
                }
            }
        }
    }

    /// `J a`.
    static func jvp<Scalar: TensorScalar>(
        _ x: Span<Scalar>, along a: Span<Scalar>, columns: Int, _ epsilon: Double,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        precondition(
            x.count.isMultiple(of: columns) && a.count == x.count && result.count == x.count,
            "expected rows of \(columns) numbers, got \(x.count), \(a.count), \(result.count)")
        let rows = x.count / columns
        let adds: Int32 = accumulating ? 1 : 0
        unsafe x.withUnsafeBufferPointer { x in
            unsafe a.withUnsafeBufferPointer { a in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let x = x.baseAddress, let a = a.baseAddress,
                        let r = result.baseAddress
                    else { return }
                    if Scalar.self == Float.self {
                        unsafe myotask_normalize_columns_jvp_float(
                            VectorLoops.float(r), VectorLoops.float(x), VectorLoops.float(a), rows,
                            columns, Float(epsilon), adds)
                    } else {
                        unsafe myotask_normalize_columns_jvp_double(
                            VectorLoops.double(r), VectorLoops.double(x), VectorLoops.double(a),
                            rows, columns, epsilon, adds)
                    }
                }
            }
        }
    }

    /// How `J a` changes with the columns along `s`:
    /// `−(σ̇ / σ) J a − (ṅ (n · a) + n (ṅ · a)) / (N σ)`, with `ṅ = J s` and `σ̇ = n · s / N`.
    static func hvp<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ s: Span<Scalar>, along a: Span<Scalar>, columns: Int,
        _ epsilon: Double, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        precondition(
            x.count.isMultiple(of: columns) && s.count == x.count && a.count == x.count
                && result.count == x.count,
            "expected rows of \(columns) numbers, got \(x.count), \(s.count) and \(a.count)")
        let rows = x.count / columns
        let adds: Int32 = accumulating ? 1 : 0
        unsafe x.withUnsafeBufferPointer { x in
            unsafe s.withUnsafeBufferPointer { s in
                unsafe a.withUnsafeBufferPointer { a in
                    unsafe result.withUnsafeMutableBufferPointer { result in
                        guard let x = x.baseAddress, let s = s.baseAddress,
                            let a = a.baseAddress, let r = result.baseAddress
                        else { return }
                        if Scalar.self == Float.self {
                            unsafe myotask_normalize_columns_hvp_float(
                                VectorLoops.float(r), VectorLoops.float(x), VectorLoops.float(s),
                                VectorLoops.float(a), rows, columns, Float(epsilon), adds)
                        } else {
                            unsafe myotask_normalize_columns_hvp_double(
                                VectorLoops.double(r), VectorLoops.double(x),
                                VectorLoops.double(s), VectorLoops.double(a), rows, columns,
                                epsilon, adds)
                        }
                    }
                }
            }
        }
    }
}
