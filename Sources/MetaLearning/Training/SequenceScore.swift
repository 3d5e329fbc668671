/// How a method did on a sequence of tasks that it learned one after the other.
package struct SequenceScore: Sendable, Hashable {
    /// The tasks in the order they were learned in.
    package let ids: [String]
    /// For each number of tasks learned, from 1, the accuracy on each of them; R² of a regression.
    package let accuracies: [[Double]]
    /// The mean query losses of the same.
    package let losses: [[Double]]
    /// Whether fine-tuning diverged.
    package var hasDiverged = false

    /// Creates a score.
    ///
    /// - Parameters:
    ///   - ids: The tasks in the order they were learned in.
    ///   - accuracies: A row for each task learned, with the accuracy on it and on those before.
    ///   - losses: The losses of the same.
    package init(ids: [String], accuracies: [[Double]], losses: [[Double]]) {
        precondition(
            accuracies.map(\.count) == Array(1...ids.count), "a row a task, one longer each time")
        self.ids = ids
        self.accuracies = accuracies
        self.losses = losses
    }

    /// The mean accuracy on all tasks learned, after each of them.
    package var means: [Double] { accuracies.map(Self.mean) }

    /// The mean accuracy on each task right after it was learned.
    package var learned: Double { Self.mean(accuracies.compactMap(\.last)) }

    /// The mean accuracy on all tasks in the end.
    package var final: Double { means.last ?? .nan }

    /// How much of the best accuracy on a task is gone in the end, mean over all but the last one
    /// (Chaudhry et al., "Riemannian Walk for Incremental Learning", 2018, equation 3).
    package var forgetting: Double {
        Self.mean(
            ids.indices.dropLast().map { task in
                let before = accuracies[task..<ids.count - 1].map { $0[task] }
                return (before.max() ?? .nan) - accuracies[ids.count - 1][task]
            })
    }

    /// What learning later tasks did to the accuracy on a task since it was learned, mean over all
    /// but the last one (Lopez-Paz and Ranzato, "Gradient Episodic Memory for Continual Learning",
    /// 2017, equation 3); below 0 when it was lost.
    package var backwardTransfer: Double {
        Self.mean(
            ids.indices.dropLast().map { task in
                accuracies[ids.count - 1][task] - accuracies[task][task]
            })
    }

    /// The mean accuracy on a task after so many others were learned since.
    package func retained(after count: Int) -> Double {
        Self.mean((0..<ids.count - count).map { accuracies[$0 + count][$0] })
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
    }
}
