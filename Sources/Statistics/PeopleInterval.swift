private import Foundation

/// Where a mean over people lies with a given confidence: a t interval whose skewness is taken
/// away.
///
/// People are the independent cases, one number each. What several seeds give beside each other
/// adds its own error, with as few degrees of freedom as there are seeds (Welch and
/// Satterthwaite). Shares such as accuracies are taken on the
/// scale of the logit, where bounds stay between 0 and 1; differences as they are. The standard
/// error is the jackknife's (Miller, "The jackknife – a review", Biometrika 61, 1974). Numbers
/// near 1 are skewed even so: Student's bounds go through the cubic transformation that takes
/// skewness away (Hall, "On the removal of skewness by transformation", J. R. Stat. Soc. B 54,
/// 1992). `docs/experiments/metrics.md` has the derivation and how often the interval holds.
package struct PeopleInterval: Sendable, Hashable {
    /// What the numbers are.
    package enum Scale: Sendable, Hashable {
        /// Shares from 0 to 1.
        case share
        /// Differences, or other numbers without ends.
        case difference
    }

    /// The mean of the numbers.
    package let mean: Double
    /// The lower bound.
    package let low: Double
    /// The upper bound.
    package let high: Double

    /// The skewness of the mean beyond which it is not corrected: of few people it is known too
    /// badly, and the correction is the beginning of a series in it.
    static let largestSkewness = 0.3

    /// Finds the interval of a mean; `nil` with fewer than 3 people, and when all have the same
    /// number: nothing says then how far others would be from it.
    ///
    /// - Parameters:
    ///   - people: A number for each person, finite.
    ///   - seeds: The mean over people for each seed, when there are several; of a single seed
    ///     nobody can tell how far others would be from it.
    ///   - scale: What the numbers are; shares lie from 0 to 1.
    ///   - confidence: Above 0 and below 1.
    package init?(
        meanOf people: [Double], seeds: [Double] = [], scale: Scale, confidence: Double = 0.95
    ) {
        precondition(confidence > 0 && confidence < 1, "got confidence \(confidence)")
        guard people.count >= 3, let first = people.first,
            people.contains(where: { abs($0 - first) > 1e-12 * max(1, abs(first)) })
        else { return nil }
        let count = Double(people.count)
        let sum = people.reduce(0, +)
        let mean = sum / count
        /// Means without a person come no nearer to 0 or 1 than a quarter of the mean's distance,
        /// where the logit would end.
        func transformed(_ value: Double) -> Double {
            guard scale == .share else { return value }
            let bounded = min(1 - (1 - mean) / 4, max(mean / 4, value))
            return log(bounded / (1 - bounded))
        }
        let center = transformed(mean)
        let pseudovalues = people.map {
            count * center - (count - 1) * transformed((sum - $0) / (count - 1))
        }
        let middle = pseudovalues.reduce(0, +) / count
        let square = pseudovalues.reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / count
        let cube =
            pseudovalues.reduce(0) { $0 + ($1 - middle) * ($1 - middle) * ($1 - middle) } / count
        let ofPeople = square / (count - 1)
        let ofSeeds = seeds.map(transformed).standardDeviation.map { $0 * $0 / Double(seeds.count) }
        let variance = ofPeople + (ofSeeds ?? 0)
        let share = ofPeople / variance
        let skewness =
            share * share.squareRoot()
            * min(
                Self.largestSkewness,
                max(-Self.largestSkewness, cube / (square * (square * count).squareRoot())))
        let degrees =
            1
            / (share * share / (count - 1)
                + (1 - share) * (1 - share) / Double(max(1, seeds.count - 1)))
        let bound = StudentDistribution.bound(
            ofMiddle: confidence, degrees: max(1, Int(degrees + 1e-9)))
        func end(_ t: Double) -> Double {
            let value = center - variance.squareRoot() * Self.skewed(t, by: skewness)
            return scale == .share ? 1 / (1 + exp(-value)) : value
        }
        self.mean = mean
        low = end(bound)
        high = end(-bound)
    }

    /// The inverse of Hall's transformation t + γt²/3 + γ²t³/27 + γ/6.
    private static func skewed(_ t: Double, by skewness: Double) -> Double {
        guard abs(skewness) > 1e-6 else { return t }
        return 3 * (cbrt(1 + skewness * (t - skewness / 6)) - 1) / skewness
    }
}
