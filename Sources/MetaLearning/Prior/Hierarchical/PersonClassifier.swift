internal import Autodiff
private import Foundation
private import SeededRandom

/// A classifier for one person: a ``HierarchicalPrior`` after their support.
///
/// Each class predicts windows of repetitions that were not seen by Student's distribution, whose
/// tails are heavier than normal ones; the turns of the band are mixed by how likely the support makes
/// each.
package struct PersonClassifier: Sendable {
    private let prior: HierarchicalPrior
    /// How likely each turn is.
    package private(set) var turnProbabilities: [Double]
    /// For each turn the class means.
    private var means: [[Double]]
    private var unknown: UnknownMeans
    /// For each class the factor of what its windows scatter by.
    private var factors: [CholeskyFactor] {
        didSet { logDeterminants = factors.map(\.logDeterminant) }
    }
    private var logDeterminants: [Double]
    /// What logarithms of probabilities are divided by: above 1 for a classifier that is less sure.
    package var temperature = 1.0

    /// Turns that are less likely than this do not count.
    private static let leastProbability = 1e-4

    init(
        _ prior: HierarchicalPrior, weights: [Double], means: [[Double]], unknown: UnknownMeans
    ) {
        self.prior = prior
        turnProbabilities = weights
        self.means = means
        self.unknown = unknown
        let factors = (0..<prior.classCount).map { label in
            Self.factor(
                unknown.covariance(of: label * prior.width..<(label + 1) * prior.width),
                prior.noise(of: label), width: prior.width)
        }
        self.factors = factors
        logDeterminants = factors.map(\.logDeterminant)
    }

    /// The factor of what a class's windows scatter by: what is not known of its mean, and noise.
    private static func factor(
        _ covariance: [Double], _ noise: [Double], width: Int
    ) -> CholeskyFactor {
        CholeskyFactor(zip(covariance, noise).map { $0 + $1 }, width: width)
    }

    /// The probabilities of the classes for windows.
    ///
    /// - Parameter rows: The windows' features, `[windows × width]`.
    /// - Returns: `[windows][classes]`, each summing to 1.
    package func probabilities(of rows: [Double]) -> [[Double]] {
        let width = prior.width
        return stride(from: 0, to: rows.count, by: width).map { first in
            scores(of: Array(rows[first..<first + width])).map { $0 / temperature }.softmax
        }
    }

    /// The logarithm of each class's density at a window, all turns together, without a constant.
    private func scores(of row: [Double]) -> [Double] {
        let (width, freedom) = (prior.width, prior.settings.freedom)
        let power = (freedom + Double(width)) / 2
        let active = turnProbabilities.indices.filter {
            turnProbabilities[$0] > Self.leastProbability
        }
        var difference = [Double](repeating: 0, count: width)
        let parts = active.map { turn in
            let turned = prior.turns.turned(row, by: turn)
            return factors.indices.map { label in
                for place in 0..<width {
                    difference[place] = turned[place] - means[turn][label * width + place]
                }
                return log(turnProbabilities[turn]) - logDeterminants[label] / 2
                    - power * log1p(factors[label].squaredDistance(difference) / freedom)
            }
        }
        return factors.indices.map { label in parts.map { $0[label] }.logSumExp }
    }

    /// Learns from one more window: one whose class is known, or that the classifier is sure of.
    ///
    /// - Parameters:
    ///   - row: The window's features.
    ///   - label: Its class.
    ///   - share: How much of an independent window it is, above 0 and at most 1: neighboring
    ///     windows say nearly the same.
    package mutating func update(_ row: [Double], label: Int, share: Double) {
        let (width, size) = (prior.width, prior.size)
        precondition(row.count == width && share > 0, "a window of \(width) features")
        let first = label * width
        let noise = prior.noise(of: label)
        var covariance = unknown.covariance
        var total = [Double](repeating: 0, count: width * width)
        for one in 0..<width {
            for other in 0..<width {
                total[one * width + other] =
                    covariance[(first + one) * size + first + other]
                    + noise[one * width + other] / share
            }
        }
        let factor = CholeskyFactor(total, width: width)
        let common = (0..<size).flatMap { place in
            (0..<width).map { covariance[place * size + first + $0] }
        }
        let gains = factor.solutions(ofRows: common)
        var evidence = turnProbabilities.map { log(max($0, 1e-300)) }
        for turn in means.indices {
            let turned = prior.turns.turned(row, by: turn)
            let difference = (0..<width).map { turned[$0] - means[turn][first + $0] }
            evidence[turn] -= share * factor.squaredDistance(difference) / 2
            for place in 0..<size {
                for column in 0..<width {
                    means[turn][place] += gains[place * width + column] * difference[column]
                }
            }
        }
        turnProbabilities = evidence.softmax
        for one in 0..<size {
            for other in 0..<size {
                var value = 0.0
                for column in 0..<width {
                    value += gains[one * width + column] * common[other * width + column]
                }
                covariance[one * size + other] -= value
            }
        }
        unknown = UnknownMeans(spread: covariance, size: size)
        factors = (0..<prior.classCount).map { label in
            Self.factor(
                unknown.covariance(of: label * width..<(label + 1) * width),
                prior.noise(of: label), width: width)
        }
    }
}

extension PersonClassifier {
    /// The accuracy to be expected on windows of repetitions that were not seen, were the posterior
    /// true: drawn from it, no query is needed.
    ///
    /// - Parameters:
    ///   - draws: How many people are drawn.
    ///   - windows: How many windows of each class.
    ///   - seed: Where draws come from.
    /// - Returns: From 0 to 1.
    package func expectedAccuracy(draws: Int = 60, windows: Int = 4, seed: UInt64 = 0) -> Double {
        var generator = SeededGenerator(seed: seed, stream: "expected accuracy")
        let people = CholeskyFactor(unknown.covariance, width: prior.size)
        let noises = (0..<prior.classCount).map {
            CholeskyFactor(prior.noise(of: $0), width: prior.width)
        }
        func normal(_ count: Int) -> [Double] { (0..<count).map { _ in generator.nearlyNormal() } }
        var right = 0
        for _ in 0..<draws {
            var rest = generator.uniform()
            let turn =
                turnProbabilities.firstIndex { probability in
                    rest -= probability
                    return rest < 0
                } ?? 0
            let own = zip(means[turn], people.scattered(normal(prior.size))).map { $0 + $1 }
            for label in 0..<prior.classCount {
                for _ in 0..<windows {
                    let noise = noises[label].scattered(normal(prior.width))
                    let row = (0..<prior.width).map { own[label * prior.width + $0] + noise[$0] }
                    let scores = scores(of: prior.turns.turnedBack(row, by: turn))
                    let decided = scores.indices.max { scores[$0] < scores[$1] }
                    right += decided == label ? 1 : 0
                }
            }
        }
        return Double(right) / Double(draws * windows * prior.classCount)
    }
}
