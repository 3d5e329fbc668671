/// Numbers of a long series in bounded memory: all of them, or every second, fourth, … one.
struct StrideSample: Sendable {
    /// How many are kept at least when there are more.
    private static let fewest = 1 << 14

    private(set) var values: [Double] = []
    private var stride = 1
    private var skipped = 0

    mutating func add(_ value: Double) {
        skipped += 1
        guard skipped == stride else { return }
        skipped = 0
        values.append(value)
        if values.count == 2 * Self.fewest {
            values = Swift.stride(from: 1, to: values.count, by: 2).map { values[$0] }
            stride *= 2
        }
    }

    /// The value that a part of the numbers is below.
    ///
    /// - Parameter part: From 0 to 1.
    /// - Returns: The value of that rank; 0 when there is none.
    func quantile(_ part: Double) -> Double {
        guard !values.isEmpty else { return 0 }
        var copy = values
        return copy.select(Int((Double(values.count - 1) * part).rounded()))
    }
}

extension RandomAccessCollection<Double> {
    /// The middle value, or the mean of both middle ones; the collection is not empty.
    var median: Double {
        let sorted = sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
