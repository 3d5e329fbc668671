private import CBLAS

extension MatrixLayout {
    /// Numbers of the left matrix from its first to its last, gaps between its rows included.
    fileprivate var leftExtent: Int {
        let (lines, width) = left == .transposed ? (inner, rows) : (rows, inner)
        return lines == 0 ? 0 : (lines - 1) * leftStride + width
    }

    fileprivate func check(left: Int, right: Int, result: Int) {
        precondition(
            left >= leftExtent && right == inner * columns && result == rows * columns,
            "a product of \(rows) × \(inner) by \(inner) × \(columns) was given \(left), \(right) "
                + "and \(result) numbers")
    }

    /// Whether the loop in C is faster than BLAS: a batch of few rows times rows of weights, which
    /// BLAS would rearrange for little use. Measured on AVX-512 for 1 to 256 rows.
    fileprivate var isBatchByRows: Bool {
        left == .plain && right == .transposed && leftStride == inner && (1...36).contains(rows)
            && columns >= 32 && (96...VectorLoops.longestRow).contains(inner)
    }

    /// Whether it is one long row by a matrix, as when a running decoder runs a layer: BLAS reads the
    /// weights once for a vector, where it would rearrange them for a matrix.
    fileprivate var isVectorByRows: Bool {
        rows == 1 && left == .plain && right == .transposed && columns >= 32
            && inner > VectorLoops.longestRow
    }

    fileprivate var rightStride: Int { right == .transposed ? inner : columns }
}

/// OpenBLAS is held to one thread, once: tasks run in parallel above it, and a product's bits
/// must not depend on how many cores there are.
let blasOnOneThread: Void = openblas_set_num_threads(1)

extension MatrixForm {
    fileprivate var operation: CBLAS_TRANSPOSE { self == .transposed ? CblasTrans : CblasNoTrans }
}

extension TensorScalar {
    /// Multiplies two matrices, by BLAS or, for batches of few rows, by a loop in C.
    ///
    /// - Parameters:
    ///   - layout: The sizes and how the operands lie.
    ///   - left: The left matrix.
    ///   - right: The right matrix.
    ///   - result: The product, `rows × columns`.
    ///   - accumulating: Whether the product is added to what `result` holds.
    package static func multiply(
        _ layout: MatrixLayout, _ left: Span<Self>, _ right: Span<Self>,
        into result: inout MutableSpan<Self>, accumulating: Bool
    ) {
        guard layout.isBatchByRows else {
            return multiplyByBLAS(layout, left, right, into: &result, accumulating: accumulating)
        }
        layout.check(left: left.count, right: right.count, result: result.count)
        VectorLoops.multiplyRows(
            layout, left, right, into: &result, accumulating: accumulating)
    }
}

extension Float {
    /// Multiplies two matrices by BLAS's `sgemm`; see `multiply`.
    public static func multiplyByBLAS(
        _ layout: MatrixLayout, _ left: Span<Float>, _ right: Span<Float>,
        into result: inout MutableSpan<Float>, accumulating: Bool
    ) {
        layout.check(left: left.count, right: right.count, result: result.count)
        guard result.count > 0 else { return }
        _ = blasOnOneThread
        // Safe: `check` has shown that every element BLAS touches lies inside the three spans.
        unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    if layout.isVectorByRows {
                        // BLAS multiplies what is there by 0 where nothing is accumulated.
                        if !accumulating { unsafe result.update(repeating: 0) }
                        return unsafe cblas_sgemv(
                            CblasRowMajor, CblasNoTrans, blasint(layout.columns),
                            blasint(layout.inner), 1, right.baseAddress, blasint(layout.inner),
                            left.baseAddress, 1, 1, result.baseAddress, 1)
                    }
                    unsafe cblas_sgemm(
                        CblasRowMajor, layout.left.operation, layout.right.operation,
                        blasint(layout.rows),
                        blasint(layout.columns), blasint(layout.inner), 1, left.baseAddress,
                        blasint(max(1, layout.leftStride)), right.baseAddress,
                        blasint(max(1, layout.rightStride)), accumulating ? 1 : 0,
                        result.baseAddress, blasint(max(1, layout.columns)))
                }
            }
        }
    }
}

extension Double {
    /// Multiplies two matrices by BLAS's `dgemm`; see `multiply`.
    public static func multiplyByBLAS(
        _ layout: MatrixLayout, _ left: Span<Double>, _ right: Span<Double>,
        into result: inout MutableSpan<Double>, accumulating: Bool
    ) {
        layout.check(left: left.count, right: right.count, result: result.count)
        guard result.count > 0 else { return }
        _ = blasOnOneThread
        // Safe: `check` has shown that every element BLAS touches lies inside the three spans.
        unsafe left.withUnsafeBufferPointer { left in
            unsafe right.withUnsafeBufferPointer { right in
                unsafe result.withUnsafeMutableBufferPointer { result in
                    if layout.isVectorByRows {
                        // BLAS multiplies what is there by 0 where nothing is accumulated.
                        if !accumulating { unsafe result.update(repeating: 0) }
                        return unsafe cblas_dgemv(
                            CblasRowMajor, CblasNoTrans, blasint(layout.columns),
                            blasint(layout.inner), 1, right.baseAddress, blasint(layout.inner),
                            left.baseAddress, 1, 1, result.baseAddress, 1)
                    }
                    unsafe cblas_dgemm(
                        CblasRowMajor, layout.left.operation, layout.right.operation,
                        blasint(layout.rows),
                        blasint(layout.columns), blasint(layout.inner), 1, left.baseAddress,
                        blasint(max(1, layout.leftStride)), right.baseAddress,
                        blasint(max(1, layout.rightStride)), accumulating ? 1 : 0,
                        result.baseAddress, blasint(max(1, layout.columns)))
                }
            }
        }
    }
}
