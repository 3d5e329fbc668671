import MetaLearning

/// What a support tells of how well its person will be decided about.
struct SupportSigns: Sendable {
    /// The accuracy that the posterior expects, were it true.
    let expected: Double
    /// How far windows scatter, by what windows of training people scatter by.
    let unsteadiness: Double
    /// The mean probability that the shown windows are of their classes.
    let certainty: Double

    /// Reads a support.
    ///
    /// - Parameters:
    ///   - support: What was shown.
    ///   - classifier: The prior after it, as sure as it may be.
    init(of support: [Repetition], _ classifier: PersonClassifier) {
        expected = classifier.expectedAccuracy()
        unsteadiness = classifier.unsteadiness(of: support)
        let probabilities = support.flatMap { repetition in
            classifier.probabilities(of: repetition.rows).map { $0[repetition.label] }
        }
        certainty = probabilities.reduce(0, +) / Double(max(1, probabilities.count))
    }

    /// One after the other.
    var values: [Double] { [expected, unsteadiness, certainty] }
}
