import Foundation
import SeededRandom

/// Accuracies of people as an experiment measures them, of a population whose mean is known.
///
/// A person's accuracy is logistic in a normal deviate, so that accuracies near 1 are skewed. What
/// a task and a training add has mean 0 whoever the person is, and is in proportion to how far the
/// accuracy lies from 0 or 1: the population's mean stays what it is. Deviates are drawn from a
/// grid of quantiles, over which that mean is a sum.
struct AccuracySimulation: Sendable {
    /// The accuracy of the person in the middle.
    var middle: Double
    /// The deviation of people, on the scale of the logit.
    var spread: Double
    var tasks = 2
    var seeds = 1
    /// How far a training moves everybody's accuracy, in units of its distance from 0 or 1.
    var training = 0.05
    /// How far the middle person's logit is moved for another method's numbers.
    var advantage = 0.0

    private static let quantiles = (0..<2_000).map { place -> Double in
        // Halved on the error function, which Foundation has.
        let share = (Double(place) + 0.5) / 2_000
        var (low, high) = (-6.0, 6.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if 0.5 * erfc(-middle / 2.0.squareRoot()) < share {
                low = middle
            } else {
                high = middle
            }
        }
        return (low + high) / 2
    }

    private func accuracy(_ deviate: Double) -> Double {
        1 / (1 + exp(-(log(middle / (1 - middle)) + advantage + spread * deviate)))
    }

    /// The population's mean.
    var truth: Double {
        Self.quantiles.reduce(0) { $0 + accuracy($1) } / Double(Self.quantiles.count)
    }

    /// A person, as a deviate.
    static func person(_ generator: inout SeededGenerator) -> Double {
        quantiles[generator.integer(below: quantiles.count)]
    }

    /// A person's mean over tasks and seeds, from the person's deviate and what each seed's training
    /// adds for everybody.
    func mean(of person: Double, _ shifts: [Double], _ generator: inout SeededGenerator) -> Double {
        let values = values(of: person, shifts, &generator)
        return values.reduce(0, +) / Double(values.count)
    }

    /// Each person's mean over tasks and seeds, and with several seeds each seed's over people.
    func draw(
        people count: Int, _ generator: inout SeededGenerator
    ) -> (people: [Double], seeds: [Double]) {
        let shifts = (0..<seeds).map { _ in
            training * (generator.uniform() + generator.uniform() - 1)
        }
        var sums = [Double](repeating: 0, count: seeds)
        let people = (0..<count).map { _ -> Double in
            let own = values(of: Self.person(&generator), shifts, &generator)
            for (seed, value) in own.enumerated() { sums[seed] += value }
            return own.reduce(0, +) / Double(seeds)
        }
        return (people, seeds > 1 ? sums.map { $0 / Double(count) } : [])
    }

    /// A person's mean over tasks for each seed.
    private func values(
        of person: Double, _ shifts: [Double], _ generator: inout SeededGenerator
    ) -> [Double] {
        let own = accuracy(person)
        let room = min(own, 1 - own)
        var values = shifts.map { own + room * $0 }
        for _ in 0..<tasks {
            let task = 0.4 * (2 * generator.uniform() - 1)
            for seed in values.indices {
                let chance = 0.2 * (2 * generator.uniform() - 1)
                values[seed] += room * (task + chance) / Double(tasks)
            }
        }
        return values
    }
}
