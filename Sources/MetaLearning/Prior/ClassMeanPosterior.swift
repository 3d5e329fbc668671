internal import Autodiff
private import Foundation

/// What a support says of a person's class means in one turn of their features: the posterior of
/// a ``LearnedPrior``, of classes that were shown and of those that were not.
package struct ClassMeanPosterior: Sendable, Hashable {
    /// The means of all classes, `[classes × features]`.
    package let mean: [Double]
    /// Their covariance, `[classes · features]²`, row after row.
    package let covariance: [Double]
    /// The logarithm of the support's density in this turn, without its constant.
    package let logEvidence: Double
}

extension LearnedPrior {
    /// The posterior over class means in one turn.
    ///
    /// - Parameters:
    ///   - support: What was shown; classes without rows are inferred from the others.
    ///   - turn: The turn of the features.
    /// - Returns: The posterior; without any rows the prior itself.
    package func posterior(of support: ClassRows, turn: Int = 0) -> ClassMeanPosterior {
        posteriors(of: support, turns: turn..<turn + 1)[0]
    }

    /// The posteriors in some turns. A turn moves the means alone: what they scatter by depends on
    /// how much was shown of which class.
    ///
    /// - Parameters:
    ///   - support: What was shown.
    ///   - range: The turns.
    /// - Returns: A posterior for each turn, all with the same covariance.
    func posteriors(of support: ClassRows, turns range: Range<Int>) -> [ClassMeanPosterior] {
        precondition(support.width == width, "the support has the features of the prior")
        let shown = (0..<classCount).filter { support.rows[$0] != nil }
        let size = classCount * width
        guard !shown.isEmpty else {
            return range.map { _ in
                ClassMeanPosterior(mean: mean, covariance: spread, logEvidence: 0)
            }
        }
        let places = shown.flatMap { $0 * width..<($0 + 1) * width }
        let count = places.count
        var total = [Double](repeating: 0, count: count * count)
        for (row, place) in places.enumerated() {
            for (column, other) in places.enumerated() {
                total[row * count + column] = spread[place * size + other]
            }
        }
        for (position, label) in shown.enumerated() {
            let noise = noise(of: label)
            let part =
                settings.heldNoise + (1 - settings.heldNoise) / Double(support.count(of: label))
            for row in 0..<width {
                for column in 0..<width {
                    total[(position * width + row) * count + position * width + column] +=
                        part * noise[row * width + column]
                }
            }
        }
        let factor = CholeskyFactor(total, width: count)
        // Row by row: what each class mean has in common with the shown ones, and its solution.
        let common = (0..<size).map { row in places.map { spread[row * size + $0] } }
        let gains = common.map(factor.solve)
        var covariance = spread
        for row in 0..<size {
            for column in 0..<size {
                covariance[row * size + column] -= dot(gains[row], common[column])
            }
        }
        let own = shown.flatMap { support.mean(of: $0) ?? [] }
        let expected = places.map { mean[$0] }
        return range.map { turn in
            let difference = zip(turns.turned(own, by: turn), expected).map { $0 - $1 }
            let weights = factor.solve(difference)
            return ClassMeanPosterior(
                mean: (0..<size).map { mean[$0] + dot(common[$0], weights) },
                covariance: covariance, logEvidence: factor.logDensity(of: difference))
        }
    }
}

/// The scalar product of two rows.
private func dot(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
}
