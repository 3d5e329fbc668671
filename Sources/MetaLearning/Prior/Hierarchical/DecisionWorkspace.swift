/// Memory in which a ``PersonClassifier`` decides about one window after the other.
package struct DecisionWorkspace: Sendable {
    /// The window's features in a turn.
    var turned: [Double]
    /// What they differ from a class by.
    var difference: [Double]
    /// For each turn that counts the logarithm of each class's density, `[turns × classes]`.
    var parts: [Double]

    /// Takes all memory that decisions will use.
    ///
    /// - Parameter classifier: What decides.
    package init(_ classifier: PersonClassifier) {
        let prior = classifier.prior
        turned = [Double](repeating: 0, count: prior.width)
        difference = turned
        parts = [Double](repeating: 0, count: prior.turns.count * prior.classCount)
    }
}
