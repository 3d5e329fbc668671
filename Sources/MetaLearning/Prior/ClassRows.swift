/// Rows of features of one person on one occasion, by class.
package struct ClassRows: Sendable, Hashable {
    /// Features of a row.
    package let width: Int
    /// For each class that occurs, `[rows × features]`, row after row, at least one row.
    package private(set) var rows: [Int: [Double]] = [:]

    /// Creates a set without rows.
    ///
    /// - Parameter width: Features of a row, at least 1.
    package init(width: Int) {
        precondition(width > 0, "a row has features")
        self.width = width
    }

    /// Sorts rows by their labels.
    ///
    /// - Parameters:
    ///   - rows: `[rows × features]`, row after row.
    ///   - labels: The class of each row.
    ///   - width: Features of a row, at least 1.
    package init(_ rows: [Double], labels: [UInt8], width: Int) {
        self.init(width: width)
        precondition(rows.count == labels.count * width, "a label for each row of \(width)")
        for (index, label) in labels.enumerated() {
            append(rows[index * width..<(index + 1) * width], label: Int(label))
        }
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - row: As many features as ``width``.
    ///   - label: Its class, at least 0.
    package mutating func append(_ row: some Collection<Double>, label: Int) {
        precondition(row.count == width && label >= 0, "a row of \(width) features")
        rows[label, default: []].append(contentsOf: row)
    }

    /// Whether there are rows of each of the first classes.
    func hasAll(_ classCount: Int) -> Bool { (0..<classCount).allSatisfy { rows[$0] != nil } }

    /// How many rows a class has.
    package func count(of label: Int) -> Int { (rows[label]?.count ?? 0) / width }

    /// The mean of a class's rows; `nil` without any.
    package func mean(of label: Int) -> [Double]? {
        guard let values = rows[label] else { return nil }
        var sums = [Double](repeating: 0, count: width)
        for (index, value) in values.enumerated() { sums[index % width] += value }
        let count = Double(values.count / width)
        return sums.map { $0 / count }
    }
}
