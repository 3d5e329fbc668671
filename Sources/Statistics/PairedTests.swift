import SeededRandom

/// How likely differences of pairs as large as these are when neither side is better.
package enum PairedTests {
    /// Wilcoxon's signed-rank test, two-sided (Wilcoxon, "Individual comparisons by ranking
    /// methods", Biometrics Bulletin 1, 1945).
    ///
    /// Differences of 0 are left out. The distribution is exact for up to 50 pairs, ties included
    /// (by their mean ranks); beyond, it is normal with the variance that ties leave.
    ///
    /// - Parameter differences: One of each pair, finite.
    /// - Returns: The probability; `nil` when no difference is left.
    package static func wilcoxon(_ differences: [Double]) -> Double? {
        let values = differences.filter { $0 != 0 }
        guard !values.isEmpty else { return nil }
        let ranks = doubledRanks(values.map(abs))
        let total = ranks.reduce(0, +)
        let positive = zip(values, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        let smaller = min(positive, total - positive)
        guard values.count <= 50 else {
            let mean = Double(total) / 2
            let variance = ranks.reduce(0) { $0 + Double($1) * Double($1) } / 4
            // Half a rank towards the mean corrects for the steps of the distribution.
            let z = min(0, (Double(smaller) - mean + 1) / variance.squareRoot())
            return min(1, 2 * NormalDistribution.cumulative(z))
        }
        // How probable each sum of the ranks with a plus is.
        var shares = [Double](repeating: 0, count: total + 1)
        shares[0] = 1
        for rank in ranks {
            for sum in stride(from: total, through: 0, by: -1) {
                shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2
            }
        }
        return min(1, 2 * shares[...smaller].reduce(0, +))
    }

    /// The permutation test of paired differences, two-sided: how often the mean is as far from 0
    /// when signs are drawn at random. Exact for up to 16 pairs.
    ///
    /// - Parameters:
    ///   - differences: One of each pair, finite.
    ///   - draws: How often signs are drawn when there are more pairs, at least 100.
    ///   - seed: Where draws come from.
    /// - Returns: The probability; `nil` without differences.
    package static func permutation(
        _ differences: [Double], draws: Int = 20_000, seed: UInt64 = SeededGenerator.defaultSeed
    ) -> Double? {
        guard !differences.isEmpty else { return nil }
        precondition(draws >= 100, "too few draws: \(draws)")
        let observed = abs(differences.reduce(0, +))
        let tolerance = 1e-12 * differences.reduce(0) { $0 + abs($1) }
        func isExtreme(_ signs: UInt64, _ base: Int = 0) -> Bool {
            var sum = 0.0
            for (place, value) in differences.enumerated() {
                sum += signs >> UInt64(place) & 1 == 0 ? value : -value
            }
            return abs(sum) >= observed - tolerance
        }
        if differences.count <= 16 {
            let count = 1 << differences.count
            return Double((0..<count).count { isExtreme(UInt64($0)) }) / Double(count)
        }
        var generator = SeededGenerator(seed: seed, stream: "permutation")
        var extreme = 0
        for _ in 0..<draws {
            var sum = 0.0
            var bits: UInt64 = 0
            for (place, value) in differences.enumerated() {
                if place.isMultiple(of: 64) { bits = generator.next() }
                sum += bits & 1 == 0 ? value : -value
                bits >>= 1
            }
            if abs(sum) >= observed - tolerance { extreme += 1 }
        }
        // The observed signs are one of the draws, so that the probability is never 0.
        return Double(extreme + 1) / Double(draws + 1)
    }

    /// Holm's correction for several comparisons ("A simple sequentially rejective multiple test
    /// procedure", Scand. J. Stat. 6, 1979).
    ///
    /// - Parameter probabilities: One for each comparison.
    /// - Returns: The corrected ones in the same order.
    package static func holm(_ probabilities: [Double]) -> [Double] {
        var result = probabilities
        var largest = 0.0
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        for (place, index) in order.enumerated() {
            largest = max(
                largest, min(1, probabilities[index] * Double(probabilities.count - place)))
            result[index] = largest
        }
        return result
    }

    /// Twice the rank of each value, equal ones having their mean rank: whole numbers.
    private static func doubledRanks(_ values: [Double]) -> [Int] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Int](repeating: 0, count: values.count)
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
            // Ranks first + 1 to end: twice their mean is the sum of the first and the last.
            for place in first..<end { ranks[order[place]] = first + 1 + end }
            first = end
        }
        return ranks
    }
}
