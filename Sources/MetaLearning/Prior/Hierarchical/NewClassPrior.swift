internal import Autodiff

/// A prior over class means of classes that nobody in training has shown: a mean, what all classes of
/// a person have in common, and what each class has of its own, all averaged over the turns of the
/// band, as nothing is known of where a new class lies.
package struct NewClassPrior: Sendable {
    private let width: Int
    private let mean: [Double]
    /// The covariance of what a person's classes have in common.
    private let common: [Double]
    /// The covariance of classes round that.
    private let own: [Double]
    private let windowNoise: [Double]
    private let repetitionNoise: [Double]
    private let settings: HierarchicalPrior.Settings

    /// Learns a prior.
    ///
    /// - Parameters:
    ///   - people: The first session of each person; those who lack a class say nothing.
    ///   - classCount: How many classes training people have shown, at least 2.
    ///   - turns: How features may lie turned.
    ///   - settings: How it is learned and used.
    /// - Returns: The prior.
    package static func fit(
        _ people: [[Repetition]], classCount: Int, turns: FeatureTurns,
        settings: HierarchicalPrior.Settings = HierarchicalPrior.Settings()
    ) -> NewClassPrior {
        NewClassPrior(
            people.compactMap { ClassSummary.all($0, classCount: classCount) },
            width: people.first?.first?.width ?? 1, turns: turns, settings: settings)
    }

    private init(
        _ people: [[ClassSummary]], width: Int, turns: FeatureTurns,
        settings: HierarchicalPrior.Settings
    ) {
        self.width = width
        self.settings = settings
        var repetitions = [Double](repeating: 0, count: width * width)
        var windows = repetitions
        var degrees = 0
        for summary in people.flatMap(\.self) {
            let mean = summary.mean
            degrees += summary.means.count - 1
            for row in summary.means {
                repetitions.addOuterProduct(of: zip(row, mean).map { $0 - $1 })
            }
        }
        for label in people.first?.indices ?? 0..<0 {
            let counts = people.reduce(0) { $0 + $1[label].count }
            for summary in people.map({ $0[label] }) {
                for (place, value) in summary.scatter.enumerated() {
                    windows[place] += value / Double(max(1, counts * people[0].count))
                }
            }
        }
        repetitionNoise = Self.averaged(
            repetitions.map { $0 / Double(max(1, degrees)) }, width: width, over: turns)
        windowNoise = windows.enumerated().map {
            $0.element + ($0.offset % (width + 1) == 0 ? settings.noiseRidge : 0)
        }
        // Each person in each turn: [people · turns][classes][features].
        let patterns = people.flatMap { person in
            (0..<turns.count).map { turn in person.map { turns.turned($0.mean, by: turn) } }
        }
        let mean =
            patterns.isEmpty
            ? [Double](repeating: 0, count: width) : Covariance.mean(of: patterns.flatMap(\.self))
        self.mean = mean
        var level = [Double](repeating: 0, count: width * width)
        var inner = level
        let classCount = patterns.first?.count ?? 1
        for pattern in patterns {
            let offset = zip(Covariance.mean(of: pattern), mean).map { $0 - $1 }
            level.addOuterProduct(of: offset)
            for row in pattern {
                inner.addOuterProduct(of: (0..<width).map { row[$0] - mean[$0] - offset[$0] })
            }
        }
        let count = Double(max(1, patterns.count))
        let own = inner.map { $0 / (count * Double(max(1, classCount - 1))) }
        self.own = own
        common = SymmetricEigen(
            zip(level, own).map { $0 / count - $1 / Double(classCount) }, width: width
        ).clipped(at: 0)
    }

    private static func averaged(
        _ matrix: [Double], width: Int, over turns: FeatureTurns
    ) -> [Double] {
        var result = [Double](repeating: 0, count: matrix.count)
        for turn in 0..<turns.count {
            let turned = turns.turned(matrix: matrix, by: turn, width: width)
            for place in result.indices { result[place] += turned[place] / Double(turns.count) }
        }
        return result
    }

    /// Adapts to a person's new classes.
    ///
    /// - Parameters:
    ///   - support: What was shown of each class.
    ///   - classCount: How many there are.
    /// - Returns: The classifier.
    package func adapted(to support: [Repetition], classCount: Int) -> PersonClassifier {
        let size = classCount * width
        var spread = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                let place = row % width * width + column % width
                spread[row * size + column] =
                    common[place] + (row / width == column / width ? own[place] : 0)
            }
        }
        let prior = HierarchicalPrior(
            turns: .none, settings: settings, mean: (0..<classCount).flatMap { _ in mean },
            spread: spread, session: nil,
            windowNoise: [[Double]](repeating: windowNoise, count: classCount),
            repetitionNoise: [[Double]](repeating: repetitionNoise, count: classCount))
        return prior.adapted(to: support)
    }
}
