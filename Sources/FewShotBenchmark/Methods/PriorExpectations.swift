private import Foundation

/// What training people who played the new one say of a prior: how sure it may be, and what accuracy
/// is to be expected where the posterior itself expects some.
struct PriorExpectations: Sendable {
    /// What a person who played the new one came to.
    private struct Outcome: Sendable {
        let shown: [Int]
        let expected: Double
        let accuracy: Double
        let logarithms: [[Double]]
        let labels: [Int]
    }

    private var outcomes: [[Outcome]]
    /// What logarithms of probabilities are divided by, by setting.
    private(set) var temperatures: [Double]

    /// Every so many-th window says enough.
    static var step: Int { 6 }
    /// What logarithms may be divided by.
    private static var candidates: [Double] { (0...20).map { exp(Double($0) / 10) } }

    /// Nothing was seen yet.
    init(settingCount: Int) {
        outcomes = [[Outcome]](repeating: [], count: settingCount)
        temperatures = [Double](repeating: 1, count: settingCount)
    }

    /// Adds what a person came to.
    mutating func add(
        _ person: NewPerson, expected: Double, probabilities: [[Double]], labels: [Int]
    ) {
        let right = zip(probabilities, labels).count { $0.likeliest == $1 }
        outcomes[person.setting].append(
            Outcome(
                shown: person.shown, expected: expected,
                accuracy: Double(right) / Double(max(1, labels.count)),
                logarithms: probabilities.map { $0.map { log(max($0, 1e-300)) } }, labels: labels))
    }

    /// Finds the temperature under which the true classes are likeliest.
    mutating func finish() {
        for (setting, outcomes) in outcomes.enumerated() where !outcomes.isEmpty {
            let losses = Self.candidates.map { temperature in
                outcomes.reduce(0.0) { $0 + Self.loss($1, temperature) }
            }
            let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
            temperatures[setting] = Self.candidates[best]
            // What was said about single windows is no longer needed.
            self.outcomes[setting] = outcomes.map {
                Outcome(
                    shown: $0.shown, expected: $0.expected, accuracy: $0.accuracy, logarithms: [],
                    labels: [])
            }
        }
    }

    private static func loss(_ outcome: Outcome, _ temperature: Double) -> Double {
        zip(outcome.logarithms, outcome.labels).reduce(0) {
            $0 + $1.0.loss(of: $1.1, sharpness: 1 / temperature)
        } / Double(max(1, outcome.labels.count))
    }

    /// The accuracy to expect of a new person: a line through what training people came to with the
    /// same classes shown, whose slope is from 0 to 1.
    ///
    /// - Parameters:
    ///   - person: The new person.
    ///   - own: What the posterior itself expects.
    /// - Returns: From 0 to 1; `nil` when nobody played the new one.
    func forecast(_ person: NewPerson, _ own: Double) -> Double? {
        let seen = outcomes[person.setting].filter { $0.shown == person.shown }
        guard !seen.isEmpty else { return nil }
        let count = Double(seen.count)
        let meanExpected = seen.reduce(0) { $0 + $1.expected } / count
        let meanAccuracy = seen.reduce(0) { $0 + $1.accuracy } / count
        var (product, square) = (0.0, 1e-3)
        for outcome in seen {
            let difference = outcome.expected - meanExpected
            product += difference * (outcome.accuracy - meanAccuracy)
            square += difference * difference
        }
        let slope = min(1, max(0, product / square))
        return min(1, max(0, meanAccuracy + slope * (own - meanExpected)))
    }
}
