private import MetaLearning
package import Statistics

/// How a method did on one problem of a new person.
package struct ProblemScore: Sendable, Hashable {
    /// The name of the method.
    package let method: String
    /// The number of the setting of supports.
    package let setting: Int
    /// Whom the decoder was adapted to.
    package let person: String
    /// Where draws came from.
    package let seed: UInt64
    /// The classes that were shown.
    package let shown: [Int]
    /// Windows that were decided about, and those decided rightly.
    package let count: Int
    /// Windows that were decided rightly.
    package let right: Int
    /// The mean of −log of the probability of the true class.
    package let loss: Double
    /// Windows by the probability of what was decided, in ten parts.
    package let calibration: [CalibrationBin]
    /// Seconds of adaptation.
    package let seconds: Double
    /// Steps of gradients of adaptation.
    package let gradients: Int
    /// The accuracy that the method expected beforehand.
    package let expected: Double?
    /// Whether the decoder gave something that is no probability: such windows count as wrong.
    package let isBroken: Bool

    /// The share of windows decided rightly.
    package var accuracy: Double { count == 0 ? 0 : Double(right) / Double(count) }
}

extension ProblemScore {
    /// Scores a decoder.
    ///
    /// - Parameters:
    ///   - decoder: The decoder after adaptation.
    ///   - problem: The problem.
    ///   - method: The name of the method.
    ///   - person: Whom the decoder was adapted to.
    ///   - seed: Where draws came from.
    ///   - seconds: How long adaptation took.
    /// - Throws: What makes a decision impossible.
    init(
        _ decoder: any PersonDecoder, on problem: AdaptationProblem, method: String,
        person: String, seed: UInt64, seconds: Double
    ) throws {
        var score = ProbabilityScore()
        for (row, label) in zip(try decoder.probabilities(of: problem.query), problem.query.labels)
        {
            score.add(row, decided: row.likeliest, label: label)
        }
        self.init(
            method: method, setting: problem.person.setting, person: person, seed: seed,
            shown: problem.person.shown, count: score.count, right: score.right,
            loss: score.loss ?? 0, calibration: score.bins, seconds: seconds,
            gradients: decoder.gradientCount, expected: decoder.expectedAccuracy,
            isBroken: score.brokenCount > 0)
    }
}
