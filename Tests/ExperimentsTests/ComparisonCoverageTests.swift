import Experiments
import Foundation
import SeededRandom
import Statistics
import Testing

/// How often intervals hold the truth and tests err, by simulation.
///
/// `MYOTASK_COVERAGE=20000 swift test -c release --filter ComparisonCoverageTests` draws so many samples
/// and prints the tables of `docs/experiments/metrics.md`.
@Suite("Coverage of intervals over people")
struct ComparisonCoverageTests {
    private static let asked = ProcessInfo.processInfo.environment["MYOTASK_COVERAGE"].flatMap {
        Int($0)
    }
    private static let prints = asked != nil
    #if DEBUG
        private static let draws = asked ?? 1_000
    #else
        private static let draws = asked ?? 20_000
    #endif
    /// Two standard errors of the simulation.
    private static let allowance = 2 * (0.05 * 0.95 / Double(draws)).squareRoot()

    static let populations: [(name: String, simulation: AccuracySimulation)] = [
        ("0.69 in the middle", AccuracySimulation(middle: 0.69, spread: 0.5)),
        ("0.88 in the middle", AccuracySimulation(middle: 0.88, spread: 0.7)),
        ("0.95 in the middle", AccuracySimulation(middle: 0.95, spread: 0.8)),
        ("0.97 in the middle", AccuracySimulation(middle: 0.97, spread: 1.0)),
        ("0.88, five tasks", AccuracySimulation(middle: 0.88, spread: 0.7, tasks: 5)),
        ("0.88, three seeds", AccuracySimulation(middle: 0.88, spread: 0.7, seeds: 3)),
        (
            "0.88, five seeds far apart",
            AccuracySimulation(middle: 0.88, spread: 0.7, seeds: 5, training: 0.3)
        ),
    ]

    private static func line(_ cells: [String]) {
        if prints { print("| " + cells.joined(separator: " | ") + " |") }
    }

    @Test("95 % intervals hold the population's mean in 93 to 97 % of samples", arguments: 0..<7)
    func levels(_ place: Int) {
        let (name, simulation) = Self.populations[place]
        let truth = simulation.truth
        var cells = [name, String(format: "%.3f", truth)]
        for count in [5, 8, 15, 30] {
            var generator = SeededGenerator(seed: UInt64(100 * place + count))
            var (held, plain) = (0, 0)
            for _ in 0..<Self.draws {
                let drawn = simulation.draw(people: count, &generator)
                if let interval = PeopleInterval(
                    meanOf: drawn.people, seeds: drawn.seeds, scale: .share),
                    interval.low <= truth, truth <= interval.high
                {
                    held += 1
                }
                if Self.prints, Self.percentiles(drawn.people, &generator).contains(truth) {
                    plain += 1
                }
            }
            let coverage = Double(held) / Double(Self.draws)
            #expect(
                (0.93 - Self.allowance...0.97 + Self.allowance).contains(coverage),
                "\(name), \(count) people: \(coverage)")
            cells.append(
                String(format: "%.3f (%.3f)", coverage, Double(plain) / Double(Self.draws)))
        }
        Self.line(cells)
    }

    /// A method that helps the weak far more than the strong has skewed differences, which few
    /// people do not show: nearer to 1 the interval holds less often, as the page says.
    @Test(
        "intervals of differences hold the truth in 92 to 97 % where people are not near 1",
        arguments: [0.0, 0.5])
    func differences(advantage: Double) {
        for (name, simulation) in Self.populations.prefix(4) {
            var other = simulation
            other.advantage = advantage
            let truth = other.truth - simulation.truth
            var cells = ["\(name), \(advantage) logits better", String(format: "%.3f", truth)]
            for count in [5, 8, 15, 30] {
                var generator = SeededGenerator(seed: UInt64(1_000 + count))
                var held = 0
                for _ in 0..<Self.draws {
                    let pairs = Self.pairs(simulation, other, people: count, &generator)
                    if let interval = PeopleInterval(meanOf: pairs, scale: .difference),
                        interval.low <= truth, truth <= interval.high
                    {
                        held += 1
                    }
                }
                let coverage = Double(held) / Double(Self.draws)
                let isNearOne = simulation.middle > 0.9
                #expect(
                    ((isNearOne ? 0.85 : 0.92) - Self.allowance...(isNearOne ? 0.98 : 0.97)
                        + Self.allowance).contains(coverage),
                    "\(name), \(count) people: \(coverage)")
                cells.append(String(format: "%.3f", coverage))
            }
            Self.line(cells)
        }
    }

    @Test("tests of methods that do not differ find a difference in 5 % of samples at most")
    func errors() throws {
        for (name, simulation) in Self.populations.prefix(4) {
            var cells = [name]
            for count in [5, 8, 12] {
                var generator = SeededGenerator(seed: UInt64(2_000 + count))
                var (wilcoxon, permutation) = (0, 0)
                let draws = Self.draws / 10
                for _ in 0..<draws {
                    let pairs = Self.pairs(simulation, simulation, people: count, &generator)
                    if let p = PairedTests.wilcoxon(pairs), p < 0.05 { wilcoxon += 1 }
                    if let p = PairedTests.permutation(pairs), p < 0.05 { permutation += 1 }
                }
                // Two standard errors of the simulation.
                let most = 0.05 + 2 * (0.05 * 0.95 / Double(draws)).squareRoot()
                for found in [wilcoxon, permutation] {
                    #expect(Double(found) / Double(draws) <= most, "\(name), \(count) people")
                }
                cells.append(
                    String(
                        format: "%.3f, %.3f", Double(wilcoxon) / Double(draws),
                        Double(permutation) / Double(draws)))
            }
            Self.line(cells)
        }
    }

    /// Differences of two methods for the same people: both have the chance of their own
    /// trainings.
    private static func pairs(
        _ one: AccuracySimulation, _ other: AccuracySimulation, people: Int,
        _ generator: inout SeededGenerator
    ) -> [Double] {
        (0..<people).map { _ in
            let person = AccuracySimulation.person(&generator)
            let left = one.mean(of: person, [0], &generator)
            return other.mean(of: person, [0], &generator) - left
        }
    }

    /// The plain percentile bootstrap, to show what it misses.
    private static func percentiles(
        _ values: [Double], _ generator: inout SeededGenerator
    ) -> ClosedRange<Double> {
        var means = (0..<400).map { _ -> Double in
            var sum = 0.0
            for _ in values.indices { sum += values[generator.integer(below: values.count)] }
            return sum / Double(values.count)
        }
        means.sort()
        return means[10]...means[389]
    }
}
