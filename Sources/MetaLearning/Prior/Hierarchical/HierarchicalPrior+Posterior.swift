internal import Autodiff
private import Foundation

extension HierarchicalPrior {
    /// What is known of a person before their support: the prior's own mean and spread, or those that
    /// an earlier session of the person leaves.
    package struct Knowledge: Sendable {
        let mean: [Double]
        let spread: [Double]
    }

    /// What is known of somebody new.
    package var ofNobody: Knowledge { Knowledge(mean: mean, spread: spread) }

    /// Adapts to a person.
    ///
    /// - Parameters:
    ///   - support: What was shown: of each shown class one repetition, or a part of it; of several of
    ///     one class all windows count as one. None at all for somebody of whom nothing is known.
    ///   - knowledge: What was known before; that of nobody when `nil`.
    /// - Returns: The classifier.
    package func adapted(
        to support: [Repetition], knowing knowledge: Knowledge? = nil
    ) -> PersonClassifier {
        let known = knowledge ?? ofNobody
        let shown = (0..<classCount).compactMap { label -> Repetition? in
            let own = support.filter { $0.label == label }
            return own.isEmpty
                ? nil : Repetition(label: label, rows: own.flatMap(\.rows), width: width)
        }
        let places = shown.flatMap { $0.label * width..<($0.label + 1) * width }
        guard !places.isEmpty else {
            let even = 1 / Double(turns.count)
            return PersonClassifier(
                self, weights: [Double](repeating: even, count: turns.count),
                means: [[Double]](repeating: known.mean, count: turns.count),
                unknown: UnknownMeans(spread: known.spread, size: size), own: OwnNoise(self))
        }
        let factor = CholeskyFactor(
            total(shown.map { ($0.label, $0.count) }, places, known), width: places.count)
        let own = shown.flatMap(\.mean)
        let expected = places.map { known.mean[$0] }
        let differences = (0..<turns.count).map { turn in
            zip(turns.turned(own, by: turn), expected).map { $0 - $1 }
        }
        let evidence = differences.map { -factor.squaredDistance($0) / 2 }
        let common = (0..<size).flatMap { row in places.map { known.spread[row * size + $0] } }
        let gains = factor.solutions(ofRows: common)
        let count = places.count
        let means = differences.map { difference in
            (0..<size).map { row in
                var value = known.mean[row]
                for column in 0..<count {
                    value += gains[row * count + column] * difference[column]
                }
                return value
            }
        }
        return PersonClassifier(
            self, weights: evidence.softmax, means: means,
            unknown: UnknownMeans(
                spread: known.spread, gains: gains, common: common, size: size),
            own: OwnNoise(self, support: shown))
    }

    /// The covariance of the means of what was shown.
    private func total(
        _ shown: [(label: Int, count: Int)], _ places: [Int], _ known: Knowledge
    ) -> [Double] {
        let count = places.count
        var total = [Double](repeating: 0, count: count * count)
        for (row, place) in places.enumerated() {
            for (column, other) in places.enumerated() {
                total[row * count + column] = known.spread[place * size + other]
            }
        }
        for (position, (label, windows)) in shown.enumerated() {
            let part = settings.keptNoise + (1 - settings.keptNoise) / Double(windows)
            for one in 0..<width {
                for other in 0..<width {
                    total[(position * width + one) * count + position * width + other] +=
                        repetitionNoise[label][one * width + other]
                        + part * windowNoise[label][one * width + other]
                }
            }
        }
        return total
    }

    /// What an earlier session of a person leaves unknown, such as before the band was put on anew.
    ///
    /// Class means of two sessions have in common what sessions do not differ by. The session is
    /// laid onto people by the turn that makes it likeliest.
    ///
    /// - Parameter earlier: The session's repetitions.
    /// - Returns: What is known; that of nobody when the session lacks a class, or when no training
    ///   person has two sessions.
    package func knowledge(from earlier: [Repetition]) -> Knowledge {
        guard let session, let summary = ClassSummary.all(earlier, classCount: classCount) else {
            return ofNobody
        }
        let factor = CholeskyFactor(spread, width: size)
        let pattern = summary.flatMap(\.mean)
        let candidates = (0..<turns.count).map { turn in
            zip(turns.turned(pattern, by: turn), mean).map { $0 - $1 }
        }
        let distances = candidates.map { factor.squaredDistance($0) }
        guard let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }) else {
            return ofNobody
        }
        let offset = candidates[nearest]
        // D·S⁻¹, row after row: both are symmetric.
        let part = factor.solutions(ofRows: session)
        let conditional = (0..<size).map { row in
            var value = mean[row] + offset[row]
            for column in 0..<size { value -= part[row * size + column] * offset[column] }
            return value
        }
        var rest = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in row..<size {
                var value = 2 * session[row * size + column]
                for place in 0..<size {
                    value -= part[row * size + place] * session[column * size + place]
                }
                rest[row * size + column] = value
                rest[column * size + row] = value
            }
        }
        return Knowledge(
            mean: conditional, spread: SymmetricEigen(rest, width: size).clipped(at: 0.003))
    }
}
