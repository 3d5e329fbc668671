private import Foundation

/// How good probabilities of classes are: how often the likeliest class is right, how likely the true
/// one was held for, and whether probabilities are what they say.
package struct ProbabilityScore: Sendable, Hashable {
    /// What a case counts at most in ``loss``: one that was held for impossible would count without
    /// end.
    package static let largestLoss = 20.0

    /// How many cases were added.
    package private(set) var count = 0
    /// How many of them were right.
    package private(set) var right = 0
    /// How many of them had something that is no probability: they count as wrong.
    package private(set) var brokenCount = 0
    /// Cases by the probability of what was decided, in ten parts.
    package private(set) var bins = [CalibrationBin](repeating: CalibrationBin(), count: 10)
    private var totalLoss = 0.0

    /// Of no case.
    package init() {}

    /// The share of right cases; `nil` without cases.
    package var accuracy: Double? { count == 0 ? nil : Double(right) / Double(count) }
    /// The mean of −log of the probability of the true class (natural logarithm); `nil` without
    /// cases.
    package var loss: Double? { count == 0 ? nil : totalLoss / Double(count) }

    /// Adds a case.
    ///
    /// - Parameters:
    ///   - probabilities: A number for each class.
    ///   - decided: The class that was decided.
    ///   - label: The true class.
    package mutating func add(_ probabilities: [Double], decided: Int, label: Int) {
        count += 1
        guard probabilities.allSatisfy(\.isFinite) else {
            brokenCount += 1
            totalLoss += Self.largestLoss
            return
        }
        let isRight = decided == label
        right += isRight ? 1 : 0
        totalLoss += min(
            Self.largestLoss, -log(max(probabilities[label], .leastNormalMagnitude)))
        let bin = max(0, min(9, Int(probabilities[decided] * 10)))
        bins[bin].count += 1
        bins[bin].confidence += probabilities[decided]
        bins[bin].right += isRight ? 1 : 0
    }
}

/// Cases whose decision was held for about equally likely.
package struct CalibrationBin: Sendable, Hashable {
    /// How many cases.
    package var count = 0
    /// The sum of the probabilities of what was decided.
    package var confidence = 0.0
    /// How many were right.
    package var right = 0

    /// Of no case.
    package init() {}

    /// Adds the cases of another part.
    package mutating func add(_ other: CalibrationBin) {
        count += other.count
        confidence += other.confidence
        right += other.right
    }
}

extension [CalibrationBin] {
    /// The expected calibration error: how far probabilities of decisions are from how often these
    /// are right, a mean over cases (Guo et al., "On calibration of modern neural networks", ICML
    /// 2017).
    package var calibrationError: Double {
        let cases = Double(Swift.max(1, reduce(0) { $0 + $1.count }))
        return reduce(0) { $0 + abs($1.confidence - Double($1.right)) / cases }
    }
}
