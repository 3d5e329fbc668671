private import CBLAS

/// How two row-major matrices lie in memory for a product `rows × inner` by `inner × columns`.
public struct MatrixLayout: Sendable, Hashable {
    /// Rows of the result.
    public let rows: Int
    /// Columns of the result.
    public let columns: Int
    /// The extent that is summed over.
    public let inner: Int
    /// Whether the left matrix lies transposed, as `inner × rows`.
    public let leftTransposed: Bool
    /// Whether the right matrix lies transposed, as `columns × inner`.
    public let rightTransposed: Bool
    /// Numbers from one row of the left matrix in memory to the next.
    public let leftStride: Int

    /// Creates a layout.
    ///
    /// - Parameters:
    ///   - rows: Rows of the result.
    ///   - columns: Columns of the result.
    ///   - inner: The extent that is summed over.
    ///   - leftTransposed: Whether the left matrix lies transposed, as `inner × rows`.
    ///   - rightTransposed: Whether the right matrix lies transposed, as `columns × inner`.
    ///   - leftStride: Numbers from one row of the left matrix in memory to the next, when it is
    ///     part of a wider one.
    public init(
        rows: Int, columns: Int, inner: Int, leftTransposed: Bool, rightTransposed: Bool,
        leftStride: Int? = nil
    ) {
        self.rows = rows
        self.columns = columns
        self.inner = inner
        self.leftTransposed = leftTransposed
        self.rightTransposed = rightTransposed
        self.leftStride = leftStride ?? (leftTransposed ? rows : inner)
    }

    /// Numbers of the left matrix from its first to its last, gaps between its rows included.
    fileprivate var leftExtent: Int {
        let (lines, width) = leftTransposed ? (inner, rows) : (rows, inner)
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
        !leftTransposed && rightTransposed && leftStride == inner && (1...36).contains(rows)
            && columns >= 32 && (96...VectorLoops.longestRow).contains(inner)
    }

    fileprivate var left: CBLAS_TRANSPOSE { leftTransposed ? CblasTrans : CblasNoTrans }
    fileprivate var right: CBLAS_TRANSPOSE { rightTransposed ? CblasTrans : CblasNoTrans }
    fileprivate var rightStride: Int { rightTransposed ? inner : columns }
}

/// OpenBLAS is held to one thread, once: tasks run in parallel above it, and a product's bits
/// must not depend on how many cores there are.
let blasOnOneThread: Void = openblas_set_num_threads(1)

extension TensorScalar {
    /// Multiplies two matrices, by BLAS or, for batches of few rows, by a loop in C.
    ///
    /// - Parameters:
    ///   - layout: The sizes and how the operands lie.
    ///   - left: The left matrix.
    ///   - right: The right matrix.
    ///   - result: The product, `rows × columns`.
    ///   - accumulating: Whether the product is added to what `result` holds.
    public static func multiply(
        _ layout: MatrixLayout, _ left: Span<Self>, _ right: Span<Self>,
        into result: inout MutableSpan<Self>, accumulating: Bool
    ) {
        guard layout.isBatchByRows else {
            return multiplyByBLAS(layout, left, right, into: &result, accumulating: accumulating)
        }
        layout.check(left: left.count, right: right.count, result: result.count)
        VectorLoops.multiplyRows(
            left, right, rows: layout.rows, columns: layout.columns, inner: layout.inner,
            into: &result, accumulating: accumulating)
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
                    unsafe cblas_sgemm(
                        CblasRowMajor, layout.left, layout.right, blasint(layout.rows),
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
                    unsafe cblas_dgemm(
                        CblasRowMajor, layout.left, layout.right, blasint(layout.rows),
                        blasint(layout.columns), blasint(layout.inner), 1, left.baseAddress,
                        blasint(max(1, layout.leftStride)), right.baseAddress,
                        blasint(max(1, layout.rightStride)), accumulating ? 1 : 0,
                        result.baseAddress, blasint(max(1, layout.columns)))
                }
            }
        }
    }
}
