/// Rows and columns of images.
public struct ImageExtent: Sendable, Hashable {
    /// Rows of an image, at least 1.
    public let rows: Int
    /// Columns of an image, at least 1.
    public let columns: Int

    /// Creates an extent.
    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }
}
