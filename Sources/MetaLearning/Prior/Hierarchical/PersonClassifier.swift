internal import Autodiff
private import Foundation

/// A classifier for one person: a ``HierarchicalPrior`` after their support.
///
/// Each class predicts windows of repetitions that were not seen by Student's distribution, whose
/// tails are heavier than normal ones; the turns of the band are mixed by how likely the support makes
/// each.
package struct PersonClassifier: Sendable {
    let prior: HierarchicalPrior
    /// How likely each turn is.
    package private(set) var turnProbabilities: [Double]
    /// For each turn the class means.
    private(set) var means: [[Double]]
    private(set) var unknown: UnknownMeans
    /// How the person's own windows scatter.
    let own: OwnNoise
    /// For each turn that counts what each class's windows scatter by; empty for other turns.
    private var densities: [[ClassDensity]] = []
    /// What logarithms of probabilities are divided by: above 1 for a classifier that is less sure.
    package var temperature = 1.0

    /// Turns that are less likely than this do not count.
    private static let leastProbability = 1e-4

    /// What the windows of a class scatter by.
    private struct ClassDensity: Sendable {
        let factor: CholeskyFactor
        let logDeterminant: Double

        init(_ covariance: [Double], width: Int) {
            factor = CholeskyFactor(covariance, width: width)
            logDeterminant = factor.logDeterminant
        }
    }

    init(
        _ prior: HierarchicalPrior, weights: [Double], means: [[Double]], unknown: UnknownMeans,
        own: OwnNoise
    ) {
        self.prior = prior
        turnProbabilities = weights
        self.means = means
        self.unknown = unknown
        self.own = own
        findDensities()
    }

    /// What is not known of each class's mean and noise together, in each turn that counts.
    private mutating func findDensities() {
        let width = prior.width
        let covariances = (0..<prior.classCount).map { label in
            zip(unknown.covariance(of: label * width..<(label + 1) * width), prior.noise(of: label))
                .map { $0 + $1 }
        }
        let alike = covariances.map { ClassDensity($0, width: width) }
        densities = turnProbabilities.indices.map { turn in
            guard turnProbabilities[turn] > Self.leastProbability else { return [] }
            guard let change = own.change(in: turn) else { return alike }
            return covariances.map { covariance in
                ClassDensity(zip(covariance, change).map { $0 + $1 }, width: width)
            }
        }
    }

    /// The covariance of a window of a repetition that was not seen, in a turn.
    func noise(of label: Int, in turn: Int) -> [Double] {
        let noise = prior.noise(of: label)
        guard let change = own.change(in: turn) else { return noise }
        return zip(noise, change).map { $0 + $1 }
    }

    /// The probabilities of the classes for windows.
    ///
    /// - Parameter rows: The windows' features, `[windows × width]`.
    /// - Returns: `[windows][classes]`, each summing to 1.
    package func probabilities(of rows: [Double]) -> [[Double]] {
        let width = prior.width
        var workspace = DecisionWorkspace(self)
        return stride(from: 0, to: rows.count, by: width).map { first in
            var result = [Double](repeating: 0, count: prior.classCount)
            var span = result.mutableSpan
            findProbabilities(
                of: rows.span.extracting(first..<first + width), into: &span, using: &workspace)
            return result
        }
    }

    /// Finds the probabilities of the classes for a window, without asking for memory.
    ///
    /// - Parameters:
    ///   - row: The window's features.
    ///   - result: Receives a number for each class; they sum to 1.
    ///   - workspace: Where it is computed.
    package func findProbabilities(
        of row: Span<Double>, into result: inout MutableSpan<Double>,
        using workspace: inout DecisionWorkspace
    ) {
        findScores(of: row, into: &result, using: &workspace)
        for label in result.indices { result[label] /= temperature }
        result.becomeSoftmax()
    }

    /// The logarithm of each class's density at a window, all turns together, without a constant.
    func scores(of row: [Double]) -> [Double] {
        var workspace = DecisionWorkspace(self)
        var result = [Double](repeating: 0, count: prior.classCount)
        var span = result.mutableSpan
        findScores(of: row.span, into: &span, using: &workspace)
        return result
    }

    private func findScores(
        of row: Span<Double>, into scores: inout MutableSpan<Double>,
        using workspace: inout DecisionWorkspace
    ) {
        let (width, classCount) = (prior.width, prior.classCount)
        let freedom = prior.settings.freedom
        let power = (freedom + Double(width)) / 2
        var count = 0
        for turn in densities.indices where !densities[turn].isEmpty {
            var turned = workspace.turned.mutableSpan
            prior.turns.turn(row, by: turn, into: &turned)
            let weight = log(turnProbabilities[turn])
            for label in 0..<classCount {
                for place in 0..<width {
                    workspace.difference[place] =
                        workspace.turned[place] - means[turn][label * width + place]
                }
                let density = densities[turn][label]
                var difference = workspace.difference.mutableSpan
                let distance = density.factor.squaredDistance(solving: &difference)
                workspace.parts[count * classCount + label] =
                    weight - density.logDeterminant / 2 - power * log1p(distance / freedom)
            }
            count += 1
        }
        for label in 0..<classCount {
            var highest = -Double.infinity
            for turn in 0..<count {
                highest = max(highest, workspace.parts[turn * classCount + label])
            }
            var sum = 0.0
            for turn in 0..<count {
                sum += exp(workspace.parts[turn * classCount + label] - highest)
            }
            scores[label] = highest + log(sum)
        }
    }

    /// Learns from one more window: one whose class is known, or that the classifier is sure of.
    ///
    /// - Parameters:
    ///   - row: The window's features.
    ///   - label: Its class.
    ///   - share: How much of an independent window it is, above 0 and at most 1: neighboring
    ///     windows say nearly the same.
    package mutating func update(_ row: [Double], label: Int, share: Double) {
        precondition(
            row.count == prior.width && share > 0, "a window of \(prior.width) features")
        learn(
            from: [ClassObservation(label: label, mean: row, share: share)], turnShare: share)
    }

    /// Learns from windows of some classes.
    ///
    /// - Parameters:
    ///   - observed: What they say, of each class at most once.
    ///   - turnShare: How much of what they say of turns counts: windows of few repetitions fit
    ///     another turn by chance.
    mutating func learn(from observed: [ClassObservation], turnShare: Double) {
        guard !observed.isEmpty else { return }
        let (width, size) = (prior.width, prior.size)
        let places = observed.flatMap { $0.label * width..<($0.label + 1) * width }
        let count = places.count
        let covariance = unknown.covariance
        let common = (0..<size).flatMap { row in places.map { covariance[row * size + $0] } }
        var total = places.flatMap { common[$0 * count..<($0 + 1) * count] }
        for (position, part) in observed.enumerated() {
            let noise = prior.noise(of: part.label)
            for row in 0..<width {
                for column in 0..<width {
                    total[(position * width + row) * count + position * width + column] +=
                        noise[row * width + column] / part.share
                }
            }
        }
        let factor = CholeskyFactor(total, width: count)
        let gains = factor.solutions(ofRows: common)
        let seen = observed.flatMap(\.mean)
        let differences = means.indices.map { turn in
            zip(prior.turns.turned(seen, by: turn), places).map { $0 - means[turn][$1] }
        }
        turnProbabilities =
            zip(turnProbabilities, differences).map {
                log(max($0, 1e-300)) - turnShare * factor.squaredDistance($1) / 2
            }.softmax
        let moves = [Double].product(
            differences.flatMap(\.self), gains,
            MatrixLayout(
                rows: means.count, columns: size, inner: count, left: .plain, right: .transposed))
        for turn in means.indices {
            for place in 0..<size { means[turn][place] += moves[turn * size + place] }
        }
        unknown = unknown.less(gains: gains, common: common)
        findDensities()
    }

    /// The same classifier, to learn from again and again: all that is not known is found once.
    var settled: PersonClassifier {
        var result = self
        result.unknown = UnknownMeans(spread: unknown.covariance, size: prior.size)
        return result
    }
}
