import FewShotBenchmark
import SeededRandom
import Testing

@Suite("The accuracy to expect of a new person")
struct AccuracyForecastTests {
    /// People who showed class 0 or class 1, with two signs of their support.
    private static func outcomes(
        _ accuracy: (_ signs: [Double], _ shown: Int) -> Double
    ) -> [AccuracyForecast.Outcome] {
        var generator = SeededGenerator(seed: 5)
        return (0..<10).flatMap { person in
            (0..<2).map { shown in
                let signs = [generator.uniform(in: -1..<1), generator.uniform(in: 3..<4)]
                return AccuracyForecast.Outcome(
                    person: "p\(person)", shown: [shown], signs: signs,
                    accuracy: accuracy(signs, shown))
            }
        }
    }

    @Test("where signs tell nothing it is the mean of those who showed the same")
    func mean() throws {
        let forecast = try #require(
            AccuracyForecast(Self.outcomes { _, shown in shown == 0 ? 0.8 : 0.9 }))
        for (shown, expected) in [(0, 0.8), (1, 0.9)] {
            let found = try #require(forecast.accuracy(shown: [shown], signs: [0.7, 3.1]))
            #expect(abs(found - expected) < 1e-12)
        }
        #expect(forecast.accuracy(shown: [0, 1], signs: [0, 0]) == nil)
        #expect(AccuracyForecast([]) == nil)
    }

    @Test("a sign that people were decided about by is chosen, one that tells nothing is not")
    func slope() throws {
        let outcomes = Self.outcomes { signs, shown in
            0.7 + 0.1 * Double(shown) + 0.1 * signs[0]
        }
        let forecast = try #require(AccuracyForecast(outcomes))
        #expect(forecast.chosen == [0])
        // The slope of ridge regression: x·y / (x·x + ridge) in units of x's deviation, which is
        // 0.1 · n / (n + 1) for n rows.
        let own = outcomes.filter { $0.shown == [1] }
        let center = own.reduce(0) { $0 + $1.signs[0] } / 10
        let mean = own.reduce(0) { $0 + $1.accuracy } / 10
        let found = try #require(forecast.accuracy(shown: [1], signs: [0.5, 3.5]))
        #expect(abs(found - (mean + (0.5 - center) * 0.1 * 20 / 21)) < 1e-12)
    }

    @Test("it is an accuracy whatever the signs, and signs that do not differ move nothing")
    func bounded() throws {
        let forecast = try #require(
            AccuracyForecast(Self.outcomes { signs, _ in 0.9 + signs[0] / 10 }))
        #expect(forecast.accuracy(shown: [0], signs: [1e6, 3]) == 1)
        #expect(forecast.accuracy(shown: [0], signs: [-1e6, 3]) == 0)
        let alike = (0..<4).map {
            AccuracyForecast.Outcome(
                person: "p\($0)", shown: [0], signs: [1, 1], accuracy: 0.5 + 0.1 * Double($0))
        }
        let found = try #require(AccuracyForecast(alike)).accuracy(shown: [0], signs: [7, -7])
        #expect(abs(try #require(found) - 0.65) < 1e-12)
    }
}
