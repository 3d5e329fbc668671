/// What a reader does about chunks of a dataset that were never written: the program that wrote
/// it was cut short.
package enum UnwrittenPolicy: Sendable, Hashable {
    /// They are an error.
    case refused
    /// They read as the dataset's fill value; ``DatasetDescription/unwritten`` says which they
    /// are, so that the reader can warn.
    case filled
}

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
