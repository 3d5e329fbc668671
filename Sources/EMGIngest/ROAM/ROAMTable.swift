/// The rows of a ROAM table as they stood in the file, column by column.
struct ROAMTable: Sendable {
    /// The columns.
    var columns: ROAMColumns
    /// The samples, row-major.
    var samples: [Float] = []
    /// The class of each row.
    var labels: [UInt8] = []
    /// The time of each row in seconds; empty when the table has none.
    var times: [Double] = []
    /// The line of each row.
    var lines = LineMap()
    /// The text of the wall clock in the first row; empty when there is none of 17 digits.
    var firstClock = ""
    /// The SHA-256 of the file's bytes.
    var sha256 = ""
    /// What was odd about the text.
    var warnings: [IngestWarning] = []

    /// The number of rows.
    var rowCount: Int { labels.count }
}

/// The line of a file on which each row starts: mostly one line a row, so that only the
/// exceptions are kept.
struct LineMap: Sendable {
    private var offsets: [(row: Int, offset: Int)] = []

    /// Says that a row starts on a line; rows are given in order.
    mutating func set(row: Int, line: Int) {
        if offsets.last?.offset != line - row { offsets.append((row, line - row)) }
    }

    /// The line on which a row starts.
    func line(ofRow row: Int) -> Int {
        // The last exception at or before the row, by bisection.
        var low = 0
        var high = offsets.count
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle].row <= row { low = middle + 1 } else { high = middle }
        }
        return row + (low > 0 ? offsets[low - 1].offset : 0)
    }
}
