/// Decisions that follow each other, column by column.
package struct DecisionBlock: Sendable {
    /// The decisions.
    package private(set) var decisions: [Decision] = []
    /// Their probabilities, `[decisions × classes]`, row after row.
    package private(set) var probabilities: [Double] = []

    /// No decisions.
    package init() {}

    /// Appends a decision.
    ///
    /// - Parameters:
    ///   - decision: The decision.
    ///   - probabilities: A number for each class.
    package mutating func append(_ decision: Decision, _ probabilities: Span<Double>) {
        decisions.append(decision)
        for index in probabilities.indices { self.probabilities.append(probabilities[index]) }
    }

    /// Forgets all decisions and keeps their memory.
    package mutating func removeAll() {
        decisions.removeAll(keepingCapacity: true)
        probabilities.removeAll(keepingCapacity: true)
    }
}
