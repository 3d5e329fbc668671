/// The line of a file on which each row starts: mostly one line a row, so that only the
/// exceptions are kept.
public struct LineMap: Sendable, Hashable {
    private struct Exception: Sendable, Hashable {
        let row: Int
        let offset: Int
    }

    private var exceptions: [Exception] = []

    /// Creates an empty map.
    public init() {}

    /// Says that a row starts on a line; rows are given in order.
    public mutating func set(row: Int, line: Int) {
        if exceptions.last?.offset != line - row {
            exceptions.append(Exception(row: row, offset: line - row))
        }
    }

    /// The line on which a row starts.
    public func line(ofRow row: Int) -> Int {
        // The last exception at or before the row, by bisection.
        var low = 0
        var high = exceptions.count
        while low < high {
            let middle = (low + high) / 2
            if exceptions[middle].row <= row { low = middle + 1 } else { high = middle }
        }
        return row + (low > 0 ? exceptions[low - 1].offset : 0)
    }
}
