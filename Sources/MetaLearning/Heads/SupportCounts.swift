/// The classes of a support's rows: what a closed-form head's constants are made from.
package struct SupportCounts: Sendable, Hashable {
    /// The class of each row.
    package let labels: [Int]
    /// How many rows there are of each class.
    package let counts: [Int]

    /// Counts classes.
    ///
    /// - Parameters:
    ///   - labels: The class of each row, below `classCount`.
    ///   - classCount: How many classes there are.
    package init(labels: [Int], classCount: Int) {
        self.labels = labels
        var counts = [Int](repeating: 0, count: classCount)
        for label in labels { counts[label] += 1 }
        self.counts = counts
    }

    /// The classes that have rows, in their order.
    package var shown: [Int] { counts.indices.filter { counts[$0] > 0 } }

    /// What each row weighs in the mean of each of some classes, `[classes × rows]`.
    func meanWeights(of classes: [Int]) -> [Double] {
        classes.flatMap { label in
            labels.map { $0 == label ? 1 / Double(counts[label]) : 0 }
        }
    }
}

extension SupportCounts {
    /// The classes of samples.
    init<Scalar>(_ samples: LabeledSamples<Scalar>, classCount: Int) {
        self.init(labels: (0..<samples.count).map(samples.label(of:)), classCount: classCount)
    }
}
