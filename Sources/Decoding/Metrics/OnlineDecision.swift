/// A decision with what was true when it was made.
package struct OnlineDecision: Sendable, Hashable {
    /// The last sample of its window.
    package var sample: Int
    /// The true class; `nil` where nobody knows it.
    package var label: Int?
    /// A number for each class; all 0 when there was no whole window of good samples.
    package var probabilities: [Double]
    /// What was put out.
    package var output: ControlOutput

    /// Creates a decision.
    ///
    /// - Parameters:
    ///   - sample: The last sample of its window.
    ///   - label: The true class.
    ///   - probabilities: A number for each class.
    ///   - output: What was put out.
    package init(sample: Int, label: Int?, probabilities: [Double], output: ControlOutput) {
        self.sample = sample
        self.label = label
        self.probabilities = probabilities
        self.output = output
    }
}
