private import CVectorKernels

// Rows, columns and products of matrices.
extension VectorLoops {
    /// `result[row, column] = x[column]`.
    static func repeatRow<Scalar: TensorScalar>(
        _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        let columns = x.count
        guard columns > 0 else { return }
        let rows = result.count / columns
        precondition(rows * columns == result.count, "expected rows of \(columns)")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe result.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let r = result.baseAddress else {
                    return
                }
                let adds: Int32 = accumulating ? 1 : 0
                if Scalar.self == Float.self {
                    unsafe myotask_repeat_row_float(float(r), float(x), rows, columns, adds)
                } else {
                    unsafe myotask_repeat_row_double(double(r), double(x), rows, columns, adds)
                }
            }
        }
    }

    /// `result[column] += Σ_row x[row, column]`.
    static func addColumnSums<Scalar: TensorScalar>(
        _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>
    ) {
        let columns = result.count
        guard columns > 0 else { return }
        let rows = x.count / columns
        precondition(rows * columns == x.count, "expected rows of \(columns)")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe result.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let r = result.baseAddress else {
                    return
                }
                if Scalar.self == Float.self {
                    unsafe myotask_column_sums_float(float(r), float(x), rows, columns)
                } else {
                    unsafe myotask_column_sums_double(double(r), double(x), rows, columns)
                }
            }
        }
    }

    /// `result[i, column, row] = x[i, row, column]` for `count` matrices.
    static func transpose<Scalar: TensorScalar>(
        _ x: Span<Scalar>, count: Int, rows: Int, columns: Int,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        precondition(
            x.count == count * rows * columns && result.count == x.count,
            "expected \(count) matrices of \(rows) × \(columns), got \(x.count) numbers")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe result.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let r = result.baseAddress else {
                    return
                }
                let adds: Int32 = accumulating ? 1 : 0
                if Scalar.self == Float.self {
                    unsafe myotask_transpose_float(
                        float(r), float(x), count, rows, columns, adds)
                } else {
                    unsafe myotask_transpose_double(
                        double(r), double(x), count, rows, columns, adds)
                }
            }
        }
    }

    /// Numbers of a row at most that ``multiplyRows(_:_:_:into:accumulating:)``
    /// takes.
    static var longestRow: Int { Int(MYOTASK_PRODUCT_INNER) }

    /// `result[i, j] = Σ_p x[i, p] y[j, p]`, for few rows of x.
    static func multiplyRows<Scalar: TensorScalar>(
        _ layout: MatrixLayout, _ x: Span<Scalar>, _ y: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        let (rows, columns, inner) = (layout.rows, layout.columns, layout.inner)
        precondition(
            x.count == rows * inner && y.count == columns * inner
                && result.count == rows * columns && (1...longestRow).contains(inner),
            "rows of \(inner) numbers were given \(x.count), \(y.count) and \(result.count)")
        unsafe x.withUnsafeBufferPointer { x in
            unsafe y.withUnsafeBufferPointer { y in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    guard let x = x.baseAddress, let y = y.baseAddress,
                        let r = result.baseAddress
                    else { return }
                    let adds: Int32 = accumulating ? 1 : 0
                    if Scalar.self == Float.self {
                        unsafe myotask_product_transposed_float(
                            float(r), float(x), float(y), rows, columns, inner, adds)
                    } else {
                        unsafe myotask_product_transposed_double(
                            double(r), double(x), double(y), rows, columns, inner, adds)
                    }
                }
            }
        }
    }

    /// `result[column, row] = x[row, column]` for one matrix, in the result's precision.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func transpose<Scalar: TensorScalar>(
        _ x: Span<Float>, rows: Int, columns: Int, into result: inout MutableSpan<Scalar>
    ) {
        precondition(
            x.count == rows * columns && result.count == x.count,
            "expected a matrix of \(rows) × \(columns), got \(x.count) numbers")
        guard Scalar.self == Float.self else {
            for column in 0..<columns {
                for row in 0..<rows {
                    result[column * rows + row] = Scalar(x[row * columns + column])
                }
            }
            return
        }
        unsafe x.withUnsafeBufferPointer { x in
            unsafe result.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let r = result.baseAddress else { return }
                unsafe myotask_transpose_float(float(r), x, 1, rows, columns, 0)
            }
        }
    }
}
