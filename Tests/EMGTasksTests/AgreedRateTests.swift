import EMGSignal
import EMGTasks
import SeededRandom
import Testing

@Suite("The rate that most recordings have")
struct AgreedRateTests {
    /// Every rate is held against every other.
    private static func naive(_ rates: [SamplingRate]) -> SamplingRate? {
        let supporters = rates.map { candidate in
            rates.filter { $0.agrees(with: candidate) }.sorted { $0.hertz < $1.hertz }
        }
        guard let largest = supporters.max(by: { $0.count < $1.count }) else { return nil }
        return largest[largest.count / 2]
    }

    private static func rates(
        _ count: Int, using generator: inout SeededGenerator
    ) throws -> [SamplingRate] {
        try (0..<count).map { _ in
            let center = [100.0, 200, 202, 2_000][generator.integer(below: 4)]
            return try SamplingRate(
                hertz: center * (1 + 0.012 * (generator.uniform() - 0.5)))
        }
    }

    @Test("it is what comparing each with each gives", arguments: [0, 1, 2, 3, 20, 200])
    func sameAsNaive(count: Int) throws {
        var generator = SeededGenerator(seed: 1, stream: "rates \(count)")
        for _ in 0..<10 {
            let rates = try Self.rates(count, using: &generator)
            #expect(AgreedRate.among(rates) == Self.naive(rates))
        }
    }

    @Test("ten times the recordings are a little more than ten times the work")
    func work() throws {
        let counts = try [1_000, 10_000].map { count in
            var generator = SeededGenerator(seed: 2, stream: "rates \(count)")
            let rates = try Self.rates(count, using: &generator)
            var comparisons = 0
            _ = AgreedRate.among(rates) {
                comparisons += 1
                return $0.agrees(with: $1)
            }
            #expect(comparisons <= 64 * count)
            return comparisons
        }
        #expect(counts[1] < 20 * counts[0])
    }
}
