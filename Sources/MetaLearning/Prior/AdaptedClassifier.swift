internal import Autodiff
private import Foundation

/// A classifier for one person: a ``LearnedPrior`` after their support.
///
/// Each class predicts windows normally round its posterior mean, with the noise of windows and
/// what is not known of the mean. Turns are a latent variable: the likeliest alone, or all, each
/// with its probability. Classes are equally likely beforehand.
package struct AdaptedClassifier: Sendable {
    /// A turn that counts.
    private struct Component {
        let turn: Int
        let logWeight: Double
        /// The posterior mean of each class.
        let means: [[Double]]
    }

    private let prior: LearnedPrior
    private let components: [Component]
    /// The factor of each class's predictive covariance, which is the same in every turn.
    private let factors: [CholeskyFactor]
    /// The probability of each turn, given the support; without any rows all are equal.
    package let turnProbabilities: [Double]

    /// Turns that are less likely than this, beside the likeliest, do not count.
    private static let leastWeight = 1e-6

    init(_ prior: LearnedPrior, support: ClassRows) {
        self.prior = prior
        let posteriors = prior.posteriors(of: support, turns: 0..<prior.turns.count)
        let highest = posteriors.map(\.logEvidence).max() ?? 0
        let weights = posteriors.map { exp($0.logEvidence - highest) }
        let sum = weights.reduce(0, +)
        turnProbabilities = weights.map { $0 / sum }
        var likeliest = 0
        for turn in posteriors.indices
        where posteriors[turn].logEvidence > posteriors[likeliest].logEvidence { likeliest = turn }
        components = posteriors.indices.filter { turn in
            prior.settings.mixesTurns ? weights[turn] > Self.leastWeight : turn == likeliest
        }.map { turn in
            Component(
                turn: turn, logWeight: prior.settings.mixesTurns ? log(weights[turn] / sum) : 0,
                means: (0..<prior.classCount).map {
                    Array(posteriors[turn].mean[$0 * prior.width..<($0 + 1) * prior.width])
                })
        }
        factors = Self.predictive(posteriors[0].covariance, prior)
    }

    /// The factors of what windows of each class scatter by: their noise, and what is not known of
    /// the class's mean.
    private static func predictive(
        _ unknown: [Double], _ prior: LearnedPrior
    ) -> [CholeskyFactor] {
        let (width, size) = (prior.width, prior.width * prior.classCount)
        return (0..<prior.classCount).map { label in
            var covariance = prior.noise(of: label)
            let first = label * width
            for row in 0..<width {
                for column in 0..<width {
                    covariance[row * width + column] +=
                        unknown[(first + row) * size + first + column]
                }
            }
            return CholeskyFactor(covariance, width: width)
        }
    }

    /// The probabilities of the classes for a window.
    ///
    /// - Parameter row: The window's features.
    /// - Returns: One number for each class; their sum is 1.
    package func probabilities(of row: [Double]) -> [Double] {
        logDensities(of: row).softmax
    }

    /// The likeliest class of each window; of equally likely ones the lowest.
    ///
    /// - Parameter rows: `[rows × features]`, row after row.
    /// - Returns: A class for each row.
    package func predictions(_ rows: [Double]) -> [UInt8] {
        stride(from: 0, to: rows.count, by: prior.width).map { first in
            let densities = logDensities(of: Array(rows[first..<first + prior.width]))
            var best = 0
            for label in densities.indices where densities[label] > densities[best] { best = label }
            return UInt8(best)
        }
    }

    /// The logarithm of each class's density at a window, without its constant.
    private func logDensities(of row: [Double]) -> [Double] {
        let parts = components.map { component in
            let turned = prior.turns.turned(row, by: component.turn)
            return zip(component.means, factors).map { mean, factor in
                component.logWeight + factor.logDensity(of: zip(turned, mean).map { $0 - $1 })
            }
        }
        guard parts.count > 1 else { return parts[0] }
        return (0..<prior.classCount).map { label in parts.map { $0[label] }.logSumExp }
    }
}

extension LearnedPrior {
    /// Adapts to a person.
    ///
    /// - Parameter support: The person's labeled windows, of any of the classes; none at all for a
    ///   person of whom nothing is known.
    /// - Returns: The classifier.
    package func adapted(to support: ClassRows) -> AdaptedClassifier {
        AdaptedClassifier(self, support: support)
    }
}
