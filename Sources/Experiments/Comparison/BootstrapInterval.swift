private import SeededRandom

/// Where a mean lies with a given confidence, by drawing the values again and again.
///
/// The bounds are bias-corrected and accelerated (BCa; Efron, "Better bootstrap confidence
/// intervals", J. Am. Stat. Assoc. 82, 1987). The draws are seeded: the same values give the same
/// bounds on every machine.
public struct BootstrapInterval: Sendable, Hashable {
    /// The mean of the values.
    public let mean: Double
    /// The lower bound.
    public let low: Double
    /// The upper bound.
    public let high: Double

    /// Finds the interval of a mean; `nil` with fewer than 3 values, of which none can be told.
    ///
    /// - Parameters:
    ///   - values: Independent values, finite.
    ///   - confidence: Above 0 and below 1.
    ///   - resamples: How often they are drawn, at least 100.
    ///   - seed: Where draws come from.
    public init?(
        meanOf values: [Double], confidence: Double = 0.95, resamples: Int = 10_000,
        seed: UInt64 = 1
    ) {
        precondition(
            confidence > 0 && confidence < 1 && resamples >= 100,
            "got confidence \(confidence) and \(resamples) draws")
        guard values.count >= 3 else { return nil }
        let count = Double(values.count)
        let sum = values.reduce(0, +)
        let mean = sum / count
        self.mean = mean
        guard let first = values.first, values.contains(where: { $0 != first }) else {
            (low, high) = (mean, mean)
            return
        }
        var generator = SeededGenerator(seed: seed, stream: "bootstrap")
        var means: [Double] = []
        means.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var total = 0.0
            for _ in values.indices { total += values[generator.integer(below: values.count)] }
            means.append(total / count)
        }
        means.sort()
        // Draws that equal the mean count half, as for any other statistic with ties.
        let tolerance = 1e-12 * max(1, abs(mean))
        let below = Double(means.count { $0 < mean - tolerance })
        let equal = Double(means.count { abs($0 - mean) <= tolerance })
        let share = (below + equal / 2) / Double(resamples)
        let bounded = min(1 - 0.5 / Double(resamples), max(0.5 / Double(resamples), share))
        let bias = NormalDistribution.quantile(bounded)
        // The jackknife's skewness; the mean without a value differs by a multiple of the value.
        let deviations = values.map { mean - (sum - $0) / (count - 1) }
        let square = deviations.reduce(0) { $0 + $1 * $1 }
        let cube = deviations.reduce(0) { $0 + $1 * $1 * $1 }
        let acceleration = cube / (6 * square * square.squareRoot())
        func bound(_ z: Double) -> Double {
            let corrected = bias + (bias + z) / (1 - acceleration * (bias + z))
            // Values that differ by next to nothing have no skewness.
            let shifted = corrected.isNaN ? z : corrected
            let place = NormalDistribution.cumulative(shifted) * Double(resamples) - 0.5
            let index = min(Double(resamples - 1), max(0, place))
            let left = Int(index)
            let right = min(resamples - 1, left + 1)
            return means[left] + (means[right] - means[left]) * (index - Double(left))
        }
        let z = NormalDistribution.quantile((1 + confidence) / 2)
        low = bound(-z)
        high = bound(z)
    }
}
