/// Rows of samples that are read one after the other.
protocol RowSource {
    /// How many rows are read at a time, at most.
    var mostRows: Int { get }

    /// Appends the next rows.
    ///
    /// - Parameters:
    ///   - count: How many, at most ``mostRows``; they are there.
    ///   - samples: Receives them.
    /// - Throws: ``IngestError`` when they cannot be read.
    mutating func append(_ count: Int, to samples: inout [Float]) throws(IngestError)
}
