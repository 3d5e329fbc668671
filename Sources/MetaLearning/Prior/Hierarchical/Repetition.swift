/// Windows of one class that a person held once: neighboring windows, which say nearly the same.
package struct Repetition: Sendable, Hashable {
    /// The class.
    package let label: Int
    /// The features of the windows, `[windows × width]`, row after row.
    package let rows: [Double]
    /// Features of a window.
    package let width: Int

    /// Creates a repetition.
    ///
    /// - Parameters:
    ///   - label: The class, at least 0.
    ///   - rows: The features of the windows, at least one window.
    ///   - width: Features of a window, at least 1.
    package init(label: Int, rows: [Double], width: Int) {
        precondition(
            label >= 0 && width >= 1 && !rows.isEmpty && rows.count.isMultiple(of: width),
            "a repetition has windows of \(width) features")
        (self.label, self.rows, self.width) = (label, rows, width)
    }

    /// How many windows.
    package var count: Int { rows.count / width }

    /// The mean of the windows.
    package var mean: [Double] {
        var sums = [Double](repeating: 0, count: width)
        for (place, value) in rows.enumerated() { sums[place % width] += value }
        return sums.map { $0 / Double(count) }
    }

    /// The sum over windows of the outer products of what they differ from the mean by, `[width]²`.
    var scatter: [Double] {
        let mean = mean
        var result = [Double](repeating: 0, count: width * width)
        for window in 0..<count {
            result.addOuterProduct(of: (0..<width).map { rows[window * width + $0] - mean[$0] })
        }
        return result
    }
}

/// What a session of a person says of one class.
package struct ClassSummary: Sendable {
    /// The mean of each repetition.
    let means: [[Double]]
    /// The scatter of windows round their repetition's mean.
    let scatter: [Double]
    /// How many windows.
    let count: Int

    /// The mean over repetitions.
    var mean: [Double] { Covariance.mean(of: means) }

    /// Summarizes repetitions of one class, at least one.
    init(_ repetitions: [Repetition]) {
        means = repetitions.map(\.mean)
        var sum = [Double](repeating: 0, count: repetitions[0].width * repetitions[0].width)
        for repetition in repetitions {
            for (place, value) in repetition.scatter.enumerated() { sum[place] += value }
        }
        scatter = sum
        count = repetitions.reduce(0) { $0 + $1.count }
    }

    /// Summarizes each class of a session; `nil` when one is missing.
    static func all(_ session: [Repetition], classCount: Int) -> [ClassSummary]? {
        let classes = (0..<classCount).map { label in session.filter { $0.label == label } }
        return classes.contains(where: \.isEmpty) ? nil : classes.map(ClassSummary.init)
    }

    /// The mean of each class over its repetitions.
    ///
    /// - Parameters:
    ///   - session: The repetitions of a session.
    ///   - classCount: How many classes there are.
    /// - Returns: `[classes × features]`; `nil` when a class is missing.
    package static func pattern(_ session: [Repetition], classCount: Int) -> [Double]? {
        all(session, classCount: classCount)?.flatMap(\.mean)
    }
}
