/// How often each class was predicted when each was the true one, and the numbers that follow from it.
///
/// The numbers are those of scikit-learn: `balanced_accuracy_score` and `f1_score` with
/// `average="macro"` and `zero_division=0`.
package struct ConfusionMatrix: Sendable, Hashable {
    /// How many classes there are.
    package let classCount: Int
    /// The counts, `[asked for × predicted]`, row after row.
    package private(set) var counts: [Int]

    /// A matrix of zeros.
    ///
    /// - Parameter classCount: How many classes, at least 1.
    package init(classCount: Int) {
        precondition(classCount >= 1, "a confusion needs a class, got \(classCount)")
        self.classCount = classCount
        counts = Array(repeating: 0, count: classCount * classCount)
    }

    /// Counts what was predicted.
    ///
    /// - Parameters:
    ///   - labels: The true classes, each below `classCount`.
    ///   - predictions: What was predicted, as many, each below `classCount`.
    ///   - classCount: How many classes, at least 1.
    package init(labels: [UInt8], predictions: [UInt8], classCount: Int) {
        self.init(classCount: classCount)
        precondition(
            labels.count == predictions.count, "\(predictions.count) predicted of \(labels.count)")
        for (label, predicted) in zip(labels, predictions) {
            precondition(
                label < classCount && predicted < classCount,
                "classes are below \(classCount), got \(label) and \(predicted)")
            counts[Int(label) * classCount + Int(predicted)] += 1
        }
    }

    /// Adds the counts of another matrix of as many classes.
    package mutating func add(_ other: ConfusionMatrix) {
        precondition(other.classCount == classCount, "matrices of different classes")
        for index in counts.indices { counts[index] += other.counts[index] }
    }

    /// How often a class was predicted when one was the true one.
    package subscript(label: Int, predicted: Int) -> Int { counts[label * classCount + predicted] }

    /// How many windows were distinguished.
    package var total: Int { counts.reduce(0, +) }

    /// How often a class was the true one.
    package func asked(_ label: Int) -> Int {
        (0..<classCount).reduce(0) { $0 + self[label, $1] }
    }

    /// How often a class was predicted.
    package func predicted(_ label: Int) -> Int {
        (0..<classCount).reduce(0) { $0 + self[$1, label] }
    }

    /// The fraction of windows predicted correctly; not a number without windows.
    package var accuracy: Double {
        Double((0..<classCount).reduce(0) { $0 + self[$1, $1] }) / Double(total)
    }

    /// The mean over the true classes of the fraction predicted correctly; not a number
    /// without windows.
    package var balancedAccuracy: Double {
        let recalls = (0..<classCount).compactMap { label -> Double? in
            let asked = asked(label)
            return asked > 0 ? Double(self[label, label]) / Double(asked) : nil
        }
        return recalls.reduce(0, +) / Double(recalls.count)
    }

    /// The mean F1 over the classes that are true or predicted; not a number without windows.
    package var macroF1: Double {
        let scores = (0..<classCount).compactMap { label -> Double? in
            let sum = asked(label) + predicted(label)
            return sum > 0 ? 2 * Double(self[label, label]) / Double(sum) : nil
        }
        return scores.reduce(0, +) / Double(scores.count)
    }
}
