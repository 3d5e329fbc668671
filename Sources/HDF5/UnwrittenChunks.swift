/// Chunks that were never written and read as the dataset's fill value.
package struct UnwrittenChunks: Sendable, Hashable {
    /// How many.
    package let count: Int
    /// How many chunks there should be.
    package let total: Int
    /// The rows (indices of the slowest dimension) that have values in such chunks, at most the
    /// first ``runLimit`` runs of them.
    package let rows: [Range<Int>]

    /// How many runs of rows are named.
    package static let runLimit = 16
}
