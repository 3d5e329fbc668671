import Experiments
import Foundation
import SeededRandom
import Statistics
import TestSupport
import Testing

@Suite("Statistics of comparisons")
struct ComparisonStatisticsTests {
    @Test("Wilcoxon's test on few pairs counts signs")
    func wilcoxonByHand() throws {
        // All four positive: 2 of 16 assignments of signs are as extreme.
        #expect(PairedTests.wilcoxon([0.1, 0.2, 0.3, 0.4]) == 2.0 / 16)
        // One zero is left out; ranks 1, 2, 3 with the smallest negative: sums 0, 1 of 8, twice.
        let found = try #require(PairedTests.wilcoxon([-0.1, 0.2, 0, 0.3]))
        #expect(abs(found - 4.0 / 8) < 1e-15)
        // Ties have their mean ranks: 1.5, 1.5 and 3.
        let tied = try #require(PairedTests.wilcoxon([1, 1, 2]))
        #expect(abs(tied - 2.0 / 8) < 1e-15)
        #expect(PairedTests.wilcoxon([0, 0]) == nil)
    }

    @Test("the permutation test on few pairs counts signs")
    func permutationByHand() {
        #expect(PairedTests.permutation([1, 1, 1]) == 2.0 / 8)
        // Sums of ±1 ±2: 3 and -3 are as far as 3.
        #expect(PairedTests.permutation([1, 2]) == 2.0 / 4)
        #expect(PairedTests.permutation([1, -1]) == 1)
        #expect(PairedTests.permutation([]) == nil)
        #expect(PairedTests.permutation([0, 0, 0]) == 1)
    }

    @Test("Holm's correction multiplies by what is left and never falls")
    func holm() {
        #expect(PairedTests.holm([0.01, 0.04, 0.03]) == [0.03, 0.06, 0.06])
        #expect(PairedTests.holm([0.5, 0.9]) == [1, 1])
        #expect(PairedTests.holm([]) == [])
    }

    @Test("an interval is ordered, holds the mean and stays a share; few people have none")
    func interval() throws {
        let values = [0.2, 0.5, 0.55, 0.6, 0.61, 0.7, 0.9]
        for scale in [PeopleInterval.Scale.share, .difference] {
            let one = try #require(PeopleInterval(meanOf: values, scale: scale))
            #expect(one.low < one.mean && one.mean < one.high)
            let wide = try #require(
                PeopleInterval(meanOf: values, scale: scale, confidence: 0.99))
            #expect(wide.low < one.low && wide.high > one.high)
            // Seeds that differ add to it, seeds that agree do not.
            let seeded = try #require(
                PeopleInterval(meanOf: values, seeds: [0.4, 0.7, 0.65], scale: scale))
            #expect(seeded.low < one.low && seeded.high > one.high)
            let agreeing = try #require(
                PeopleInterval(meanOf: values, seeds: [0.58, 0.58], scale: scale))
            #expect(abs(agreeing.low - one.low) < 1e-9)
        }
        for near in [[1.0, 1, 1, 1, 0.9], [0, 0, 0, 0.02], [1, 0.999, 1]] {
            let interval = try #require(PeopleInterval(meanOf: near, scale: .share))
            #expect(interval.low > 0 && interval.high < 1)
            #expect(interval.low < interval.mean && interval.mean < interval.high)
        }
        #expect(PeopleInterval(meanOf: [1, 2], scale: .difference) == nil)
        #expect(PeopleInterval(meanOf: [0.5, 0.5, 0.5], scale: .share) == nil)
    }

    @Test("symmetric differences have Student's interval", arguments: [0.9, 0.95, 0.99])
    func student(confidence: Double) throws {
        // Bounds of Student's distribution by scipy.stats.t.ppf.
        let bounds = [
            0.9: [2.9199855803537242, 2.1318467863266495, 1.8595480375308973],
            0.95: [4.302652729749462, 2.7764451051977934, 2.306004135204166],
            0.99: [9.924843200918287, 4.604094871349992, 3.355387331333395],
        ]
        for (count, bound) in zip([3, 5, 9], try #require(bounds[confidence])) {
            let values = (0..<count).map { Double($0 - count / 2) }
            let interval = try #require(
                PeopleInterval(meanOf: values, scale: .difference, confidence: confidence))
            let square = values.reduce(0) { $0 + $1 * $1 } / Double(count - 1)
            let error = (square / Double(count)).squareRoot()
            #expect(abs(interval.high - bound * error) < 1e-9 * interval.high)
            #expect(abs(interval.low + bound * error) < 1e-9 * interval.high)
        }
    }

    private static func cases() -> [[Double]] {
        var generator = SeededGenerator(seed: 8)
        return [5, 9, 12, 20, 40, 80].map { count in
            (0..<count).map { _ in generator.nearlyNormal() + 0.3 }
        }
    }

    private static let program = """
        import json, sys
        import numpy as np
        from scipy import stats
        for x in json.loads(sys.argv[1]):
            x = np.array(x)
            p = stats.wilcoxon(x, method="exact" if len(x) <= 50 else "approx",
                               correction=True).pvalue
            q = stats.permutation_test((x,), np.mean, permutation_type="samples",
                                       n_resamples=200000, random_state=1).pvalue
            print(p, q)
        """

    @Test(
        "probabilities are scipy's",
        .enabled(if: Python.has(module: "scipy"), "needs Python with scipy"))
    func scipy() throws {
        let result = try Python.run(
            Self.program, arguments: ["\(Self.cases())"])
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == Self.cases().count, "\(result.output)")
        for (line, values) in zip(lines, Self.cases()) {
            let expected = line.split(separator: " ").compactMap { Double($0) }
            let wilcoxon = try #require(PairedTests.wilcoxon(values))
            #expect(abs(wilcoxon - expected[0]) < 1e-9)
            let permutation = try #require(PairedTests.permutation(values))
            // 20,000 draws: four standard deviations.
            let error = 4 * (expected[1] * (1 - expected[1]) / 20_000).squareRoot() + 1e-3
            #expect(abs(permutation - expected[1]) < (values.count <= 16 ? 1e-9 : error))
        }
    }
}
