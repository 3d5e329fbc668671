private import CVectorKernels

/// Kernels over the columns of a matrix `[rows, columns]`, in C.
enum Columns {
    /// `result[row, column] = x[row, column] · factors[column] + terms[column]`.
    ///
    /// - Parameters:
    ///   - x: The matrix.
    ///   - factors: A number for each column.
    ///   - terms: A number for each column, or none at all.
    ///   - result: Of the matrix's size.
    ///   - accumulating: Whether `result` is added to.
    static func scale<Scalar: TensorScalar>(
        _ x: Span<Scalar>, by factors: Span<Scalar>, plus terms: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        let columns = factors.count
        precondition(
            columns >= 1 && x.count.isMultiple(of: columns) && result.count == x.count
                && (terms.isEmpty || terms.count == columns),
            "expected rows of \(columns) numbers, got \(x.count) and \(result.count)")
        let rows = x.count / columns
        let adds: Int32 = accumulating ? 1 : 0
        // The loop sets what terms are added to.
        if accumulating && !terms.isEmpty {
            Rows.repeatRow(terms, into: &result, accumulating: true)
        }
        unsafe x.withUnsafeBufferPointer { x in
            unsafe factors.withUnsafeBufferPointer { factors in
                unsafe terms.withUnsafeBufferPointer { terms in
                    unsafe result.withUnsafeMutableBufferPointer { result in
                        guard let x = x.baseAddress, let f = factors.baseAddress,
                            let r = result.baseAddress
                        else { return }
                        let t = terms.isEmpty || accumulating ? nil : terms.baseAddress
                        if Scalar.self == Float.self {
                            unsafe myotask_scale_columns_float(
                                VectorLoops.float(r), VectorLoops.float(x), VectorLoops.float(f),
                                t.map { unsafe VectorLoops.float($0) }, rows, columns, adds)
                        } else {
                            unsafe myotask_scale_columns_double(
                                VectorLoops.double(r), VectorLoops.double(x),
                                VectorLoops.double(f), t.map { unsafe VectorLoops.double($0) },
                                rows, columns, adds)
                        }
                    }
                }
            }
        }
    }

    /// `result[column] = Σ_row x[row, column] · y[row, column]`.
    static func dots<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ y: Span<Scalar>, columns: Int,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        precondition(
            x.count.isMultiple(of: columns) && y.count == x.count && result.count == columns,
            "expected rows of \(columns) numbers, got \(x.count) and \(y.count)")
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        let rows = x.count / columns
        unsafe x.withUnsafeBufferPointer { x in
            unsafe y.withUnsafeBufferPointer { y in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let x = x.baseAddress, let y = y.baseAddress,
                        let r = result.baseAddress
                    else { return }
                    if Scalar.self == Float.self {
                        unsafe myotask_column_dots_float(
                            VectorLoops.float(r), VectorLoops.float(x), VectorLoops.float(y), rows,
                            columns)
                    } else {
                        unsafe myotask_column_dots_double(
                            VectorLoops.double(r), VectorLoops.double(x), VectorLoops.double(y),
                            rows, columns)
                    }
                }
            }
        }
    }
}
