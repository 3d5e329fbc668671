/// How a classifier goes on learning from windows that it decides about: no label is needed.
package struct ConfidentUpdates: Sendable, Hashable {
    /// How probable a decision must be for its window to be learned from, from 0 to 1.
    package var leastProbability = 0.9
    /// How much of an independent window it is, above 0 and at most 1.
    package var share = 0.1
    /// Of so many windows one may be learned from: those between overlap with it.
    package var interval = 4

    /// The default settings.
    package init() {}

    /// The class as which a window is learned from.
    ///
    /// - Parameters:
    ///   - number: The number of the window, counted from 0.
    ///   - decided: The probabilities of the classes.
    /// - Returns: The class; `nil` for a window that is not learned from.
    package func label(ofWindow number: Int, decided: Span<Double>) -> Int? {
        guard number.isMultiple(of: interval) else { return nil }
        var label = 0
        for other in decided.indices where decided[other] > decided[label] { label = other }
        return decided[label] > leastProbability ? label : nil
    }
}

extension PersonClassifier {
    /// Decides about windows in the order in which they come, and learns from those that it is sure
    /// of. A window is decided about before it is learned from, and never again.
    ///
    /// - Parameters:
    ///   - rows: The windows' features in the order of time, `[windows × width]`.
    ///   - updates: What is learned from, and how much.
    /// - Returns: `[windows][classes]`, each summing to 1.
    package mutating func probabilities(
        of rows: [Double], learningBy updates: ConfidentUpdates
    ) -> [[Double]] {
        stride(from: 0, to: rows.count, by: prior.width).enumerated().map { number, first in
            let row = Array(rows[first..<first + prior.width])
            let decided = probabilities(of: row)[0]
            if let label = updates.label(ofWindow: number, decided: decided.span) {
                update(row, label: label, share: updates.share)
            }
            return decided
        }
    }
}
