/// How two row-major matrices lie in memory for a product `rows × inner` by `inner × columns`.
public struct MatrixLayout: Sendable, Hashable {
    /// Rows of the result.
    package let rows: Int
    /// Columns of the result.
    package let columns: Int
    /// The extent that is summed over.
    package let inner: Int
    /// How the left matrix lies: `rows × inner`, or `inner × rows` when it is transposed.
    package let left: MatrixForm
    /// How the right matrix lies: `inner × columns`, or `columns × inner` when it is transposed.
    package let right: MatrixForm
    /// Numbers from one row of the left matrix in memory to the next.
    package let leftStride: Int

    /// Creates a layout.
    ///
    /// - Parameters:
    ///   - rows: Rows of the result.
    ///   - columns: Columns of the result.
    ///   - inner: The extent that is summed over.
    ///   - left: How the left matrix lies: `rows × inner`, or `inner × rows` when it is transposed.
    ///   - right: How the right matrix lies: `inner × columns`, or `columns × inner` when it is
    ///     transposed.
    ///   - leftStride: Numbers from one row of the left matrix in memory to the next, when it is
    ///     part of a wider one.
    package init(
        rows: Int, columns: Int, inner: Int, left: MatrixForm, right: MatrixForm,
        leftStride: Int? = nil
    ) {
        self.rows = rows
        self.columns = columns
        self.inner = inner
        self.left = left
        self.right = right
        self.leftStride = leftStride ?? (left == .transposed ? rows : inner)
    }
}
