private import Foundation

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

/// Windows whose decision was held for about equally likely.
package struct CalibrationBin: Sendable, Hashable {
    /// How many windows.
    package var count = 0
    /// The sum of the probabilities of what was decided.
    package var confidence = 0.0
    /// How many were right.
    package var right = 0

    /// Adds the windows of another part.
    mutating func add(_ other: CalibrationBin) {
        count += other.count
        confidence += other.confidence
        right += other.right
    }
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
        var bins = [CalibrationBin](repeating: CalibrationBin(), count: 10)
        var (right, loss, isBroken) = (0, 0.0, false)
        let rows = try decoder.probabilities(of: problem.query)
        for (row, label) in zip(rows, problem.query.labels) {
            guard row.allSatisfy(\.isFinite) else {
                isBroken = true
                loss += Self.largestLoss
                continue
            }
            let decided = row.likeliest
            right += decided == label ? 1 : 0
            loss += min(Self.largestLoss, -log(max(row[label], .leastNormalMagnitude)))
            let bin = min(9, Int(row[decided] * 10))
            bins[bin].count += 1
            bins[bin].confidence += row[decided]
            bins[bin].right += decided == label ? 1 : 0
        }
        self.init(
            method: method, setting: problem.person.setting, person: person, seed: seed,
            shown: problem.person.shown, count: rows.count, right: right,
            loss: loss / Double(max(1, rows.count)), calibration: bins, seconds: seconds,
            gradients: decoder.gradientCount, expected: decoder.expectedAccuracy,
            isBroken: isBroken)
    }

    /// What a window counts at most: one that was held for impossible would count without end.
    static var largestLoss: Double { 20 }
}
