package import EMGTasks
private import MetaLearning

/// Which windows of a calibration are fitted to and which are held out, in turn.
///
/// A *repetition* is a row of windows of one class. When every class has several, each fold
/// holds out one repetition of every class; otherwise the two folds hold out the first and the second
/// half of every repetition. No window that is fitted to shares a sample with one that is held out.
package struct CalibrationFolds: Sendable, Hashable {
    /// A fold: places of windows.
    package struct Fold: Sendable, Hashable {
        /// Those that are fitted to.
        package let fit: [Int]
        /// Those that are held out.
        package let heldOut: [Int]
    }

    /// How a fold is held out.
    package enum Part: Sendable, Hashable {
        /// A repetition of every class.
        case repetition
        /// Half of every repetition.
        case half
    }

    /// What a fold holds out.
    package let part: Part
    /// The folds in which both parts have windows of as many classes as are needed.
    package let folds: [Fold]

    /// As many folds as there are at most: adapting takes time.
    private static let most = 5

    /// Divides windows.
    ///
    /// - Parameters:
    ///   - windows: The windows in the order of time.
    ///   - length: Samples of a window.
    ///   - leastClasses: Of so many classes both parts of a fold have windows.
    package init(_ windows: LabeledWindows, length: Int, leastClasses: Int = 2) {
        let repetitions = WindowRuns.ranges(
            starts: windows.starts, labels: windows.labels, reach: length)
        var number: [UInt8: Int] = [:]
        for repetition in repetitions {
            number[windows.labels[repetition.lowerBound], default: 0] += 1
        }
        let fewest = number.values.min() ?? 0
        part = fewest > 1 ? .repetition : .half
        let count = fewest > 1 ? min(fewest, Self.most) : 2
        var foldOf = [Int](repeating: 0, count: windows.count)
        var seen: [UInt8: Int] = [:]
        for repetition in repetitions {
            let label = windows.labels[repetition.lowerBound]
            let place = seen[label, default: 0]
            seen[label] = place + 1
            let middle = repetition.lowerBound + (repetition.count + 1) / 2
            for window in repetition {
                foldOf[window] = fewest > 1 ? place % count : window < middle ? 0 : 1
            }
        }
        folds = (0..<count).compactMap { fold in
            let heldOut = windows.labels.indices.filter { foldOf[$0] == fold }
            let starts = heldOut.map { windows.starts[$0] }
            let fit = windows.labels.indices.filter {
                foldOf[$0] != fold && !Self.touches(windows.starts[$0], starts, length: length)
            }
            let isUseful = [fit, heldOut].allSatisfy { places in
                Set(places.map { windows.labels[$0] }).count >= leastClasses
            }
            return isUseful ? Fold(fit: fit, heldOut: heldOut) : nil
        }
    }

    /// Whether a window shares a sample with one of others, whose starts ascend.
    private static func touches(_ start: Int, _ others: [Int], length: Int) -> Bool {
        var (low, high) = (0, others.count)
        while low < high {
            let middle = (low + high) / 2
            if others[middle] <= start - length { low = middle + 1 } else { high = middle }
        }
        return low < others.count && others[low] < start + length
    }
}
