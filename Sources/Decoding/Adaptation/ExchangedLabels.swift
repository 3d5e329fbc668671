private import Foundation

/// Whether the labels of a calibration look exchanged: what was learned from other people decides
/// for other classes than the labels say, and always for the same ones.
///
/// A model adapts to exchanged labels as well as to right ones, and what is held out is labeled in
/// the same way: only other people can tell. The classes are exchanged among the labels so
/// that its decisions agree best; labels are held for wrong when it decides as the exchange says
/// about a good part of the exchanged classes' windows, and far more often than as the labels say.
package enum ExchangedLabels {
    /// The share of windows, on the mean over the exchanged classes, that must agree with the
    /// exchange.
    private static let agreement = 0.45
    /// By how much it must be above the share that agrees with the labels.
    private static let gain = 0.3

    /// Finds classes whose labels look exchanged, by what is decided or by its order.
    ///
    /// - Parameters:
    ///   - windows: The windows.
    ///   - classCount: How many classes there are.
    /// - Returns: For each label that looks wrong the class that is meant; empty when labels look
    ///   right.
    package static func found(
        in windows: [Window], classCount: Int
    ) -> [(label: Int, decided: Int)] {
        let decided = ConfusionMatrix(
            labels: windows.map { UInt8($0.label) },
            predictions: windows.map { UInt8($0.probabilities.span.likeliest ?? 0) },
            classCount: classCount)
        let exchange = found(in: decided)
        return exchange.isEmpty ? foundByOrder(in: windows, classCount: classCount) : exchange
    }

    /// Finds the exchange.
    ///
    /// - Parameter confusion: What the decoder decided of what the labels say.
    /// - Returns: For each label that looks wrong the class that was decided instead; empty when
    ///   labels look right.
    package static func found(in confusion: ConfusionMatrix) -> [(label: Int, decided: Int)] {
        let labels = (0..<confusion.classCount).filter { confusion.asked($0) > 0 }
        var decided = Array(0..<confusion.classCount)
        func recall(_ label: Int, _ other: Int) -> Double {
            Double(confusion[label, other]) / Double(max(1, confusion.asked(label)))
        }
        // Exchanges two at a time until none is gained by.
        var isBetter = true
        while isBetter {
            isBetter = false
            for (place, one) in labels.enumerated() {
                for other in labels.dropFirst(place + 1) {
                    let now = recall(one, decided[one]) + recall(other, decided[other])
                    let exchanged = recall(one, decided[other]) + recall(other, decided[one])
                    if exchanged > now + 1e-9 {
                        decided.swapAt(one, other)
                        isBetter = true
                    }
                }
            }
        }
        let moved = labels.filter { decided[$0] != $0 }
        guard !moved.isEmpty else { return [] }
        let count = Double(moved.count)
        let agreed = moved.reduce(0) { $0 + recall($1, decided[$1]) } / count
        let asLabeled = moved.reduce(0) { $0 + recall($1, $1) } / count
        guard agreed >= agreement, agreed - asLabeled >= gain else { return [] }
        return moved.map { ($0, decided[$0]) }
    }

    // MARK: By order

    /// A window with its label and the decoder's probabilities.
    package struct Window: Sendable {
        let label: Int
        let probabilities: [Double]

        /// Creates a window.
        ///
        /// - Parameters:
        ///   - label: Its label.
        ///   - probabilities: A number above 0 for each class.
        package init(label: Int, probabilities: [Double]) {
            self.label = label
            self.probabilities = probabilities
        }
    }

    /// How seldom a window of one class is held for it rather than a window of another class.
    private static let rareOrder = 0.15

    /// Finds pairs of classes whose labels look exchanged by the order in which the decoder puts
    /// their windows: it holds nearly all windows of the one for the other class rather than the
    /// windows of the other (the area under its ROC curve is near 0).
    ///
    /// What was learned from others may decide for one class throughout and still know the order.
    ///
    /// - Parameters:
    ///   - windows: The windows.
    ///   - classCount: How many classes there are.
    /// - Returns: For each label that looks wrong the class that is meant.
    private static func foundByOrder(
        in windows: [Window], classCount: Int
    ) -> [(label: Int, decided: Int)] {
        for one in 0..<classCount {
            for other in one + 1..<classCount {
                func odds(_ label: Int) -> [Double] {
                    windows.filter { $0.label == label }.map {
                        log(max($0.probabilities[one], .leastNormalMagnitude))
                            - log(max($0.probabilities[other], .leastNormalMagnitude))
                    }
                }
                let (own, others) = (odds(one), odds(other))
                guard !own.isEmpty, !others.isEmpty else { continue }
                if area(own, above: others) <= rareOrder { return [(one, other), (other, one)] }
            }
        }
        return []
    }

    /// How often a number of one list is above one of another; equal ones count half.
    private static func area(_ numbers: [Double], above others: [Double]) -> Double {
        let sorted = others.sorted()
        var sum = 0.0
        for number in numbers {
            func count(_ isBelow: (Double) -> Bool) -> Int {
                var (low, high) = (0, sorted.count)
                while low < high {
                    let middle = (low + high) / 2
                    if isBelow(sorted[middle]) { low = middle + 1 } else { high = middle }
                }
                return low
            }
            sum += Double(count { $0 < number } + count { $0 <= number }) / 2
        }
        return sum / Double(numbers.count * others.count)
    }
}
