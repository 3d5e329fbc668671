/// The scale of features on training people: how far the windows of a class scatter round its mean.
package struct FeatureScale: Sendable, Hashable {
    /// What each column is divided by, above 0.
    package let deviations: [Double]

    /// Takes over a scale.
    ///
    /// - Parameter deviations: What each column is divided by, above 0.
    package init(deviations: [Double]) {
        self.deviations = deviations
    }

    /// Finds the scale.
    ///
    /// - Parameters:
    ///   - occasions: The features of each occasion's windows, `[windows × columns]`, with their
    ///     classes; at least one window each.
    ///   - classCount: How many classes there are.
    package init(of occasions: [(rows: [Double], labels: [Int])], classCount: Int) {
        var (squares, count): ([Double], Int) = ([], 0)
        for (rows, labels) in occasions {
            let width = rows.count / labels.count
            if squares.isEmpty { squares = [Double](repeating: 0, count: width) }
            let means = classMeans(rows, labels: labels, classCount: classCount)
            for (window, label) in labels.enumerated() {
                guard let mean = means[label] else { continue }
                for column in 0..<width {
                    let difference = rows[window * width + column] - mean[column]
                    squares[column] += difference * difference
                }
                count += 1
            }
        }
        deviations = squares.map { $0 > 0 ? ($0 / Double(max(1, count))).squareRoot() : 1 }
    }

    /// Features on that scale.
    package func callAsFunction(_ rows: [Double]) -> [Double] {
        let width = deviations.count
        return rows.enumerated().map { $0.element / deviations[$0.offset % width] }
    }
}

/// The mean of each class's rows; `nil` for a class without any.
///
/// - Parameters:
///   - rows: `[rows × columns]`.
///   - labels: The class of each row.
///   - classCount: How many classes there are.
/// - Returns: A mean for each class.
package func classMeans(_ rows: [Double], labels: [Int], classCount: Int) -> [[Double]?] {
    guard !labels.isEmpty else { return [[Double]?](repeating: nil, count: classCount) }
    let width = rows.count / labels.count
    var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: classCount)
    var counts = [Int](repeating: 0, count: classCount)
    for (row, label) in labels.enumerated() {
        counts[label] += 1
        for column in 0..<width { sums[label][column] += rows[row * width + column] }
    }
    return (0..<classCount).map { label in
        counts[label] == 0 ? nil : sums[label].map { $0 / Double(counts[label]) }
    }
}
