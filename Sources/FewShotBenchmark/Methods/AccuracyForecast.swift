private import Autodiff
private import MetaLearning

/// The accuracy to expect of a new person, by what training people came to who played the new one.
///
/// It begins at the mean of those who showed the same classes. Signs of the support move it as far as
/// they moved training people, all combinations of shown classes together: a ridge regression. Which
/// signs count is chosen by how far off each training person is by the others.
package struct AccuracyForecast: Sendable {
    /// What a person came to.
    package struct Outcome: Sendable {
        /// Who.
        package let person: String
        /// The classes that were shown.
        package let shown: [Int]
        /// The signs of the support, as many for everybody.
        package let signs: [Double]
        /// The share of windows decided rightly.
        package let accuracy: Double

        /// Notes what a person came to.
        package init(person: String, shown: [Int], signs: [Double], accuracy: Double) {
            (self.person, self.shown, self.signs, self.accuracy) = (person, shown, signs, accuracy)
        }
    }

    /// The mean of those who showed the same classes.
    private struct Center: Sendable {
        let signs: [Double]
        let accuracy: Double
    }

    /// Which signs count.
    package let chosen: [Int]
    private let centers: [[Int]: Center]
    private let slopes: [Double]

    /// As many persons without any sign weigh as much as one whose signs are as usual.
    private static let ridge = 1.0

    /// Learns, and chooses signs; `nil` without outcomes.
    package init?(_ outcomes: [Outcome]) {
        guard let count = outcomes.first?.signs.count else { return nil }
        let subsets = (0..<1 << count).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
        let misses = subsets.map { Self.miss(of: $0, outcomes) }
        let best = misses.indices.min { misses[$0] < misses[$1] } ?? 0
        self.init(outcomes, by: subsets[best])
    }

    private init(_ outcomes: [Outcome], by chosen: [Int]) {
        let centers = Dictionary(grouping: outcomes, by: \.shown).mapValues { same in
            Center(
                signs: chosen.map { sign in Self.mean(same.map { $0.signs[sign] }) },
                accuracy: Self.mean(same.map(\.accuracy)))
        }
        let rows = outcomes.map { outcome in
            zip(chosen, centers[outcome.shown]?.signs ?? []).map { outcome.signs[$0] - $1 }
        }
        let scales = chosen.indices.map { sign in
            Self.mean(rows.map { $0[sign] * $0[sign] }).squareRoot()
        }
        var products = [Double](repeating: 0, count: chosen.count * chosen.count)
        var answers = [Double](repeating: 0, count: chosen.count)
        for place in chosen.indices { products[place * (chosen.count + 1)] = Self.ridge }
        for (outcome, row) in zip(outcomes, rows) {
            // What does not differ tells nothing.
            let scaled = zip(row, scales).map { $1 > 1e-9 ? $0 / $1 : 0 }
            let rest = outcome.accuracy - (centers[outcome.shown]?.accuracy ?? 0)
            products.addOuterProduct(of: scaled)
            for place in chosen.indices { answers[place] += scaled[place] * rest }
        }
        self.chosen = chosen
        self.centers = centers
        slopes = zip(CholeskyFactor(products, width: chosen.count).solve(answers), scales)
            .map { $1 > 1e-9 ? $0 / $1 : 0 }
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }

    /// How far people are off on the mean, each by the others: their mean over what they showed.
    private static func miss(of chosen: [Int], _ outcomes: [Outcome]) -> Double {
        let people = Set(outcomes.map(\.person))
        let misses = people.sorted().compactMap { person -> Double? in
            let forecast = Self(outcomes.filter { $0.person != person }, by: chosen)
            let own = outcomes.filter { $0.person == person }
            let differences = own.compactMap { outcome in
                forecast.accuracy(shown: outcome.shown, signs: outcome.signs)
                    .map { $0 - outcome.accuracy }
            }
            return differences.isEmpty ? nil : abs(mean(differences))
        }
        return mean(misses)
    }

    /// The accuracy to expect.
    ///
    /// - Parameters:
    ///   - shown: The classes that were shown.
    ///   - signs: The signs of the support.
    /// - Returns: From 0 to 1; `nil` when nobody showed these classes.
    package func accuracy(shown: [Int], signs: [Double]) -> Double? {
        guard let center = centers[shown] else { return nil }
        let moved = zip(zip(chosen, center.signs), slopes).reduce(center.accuracy) {
            $0 + (signs[$1.0.0] - $1.0.1) * $1.1
        }
        return min(1, max(0, moved))
    }
}
