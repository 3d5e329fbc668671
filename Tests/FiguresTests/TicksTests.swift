import Figures
import Foundation
import SeededRandom
import Testing

@Suite("Numbers along axes")
struct TicksTests {
    /// Ranges of all magnitudes, also far from zero and narrow.
    private static let ranges: [(low: Double, high: Double)] = {
        var generator = SeededGenerator(seed: 5)
        let given = [
            (0.0, 1.0), (-1, 1), (0, 1_000), (0.1, 0.7), (-3e-9, 2e-9), (1e6, 3e9), (-0.6, 130),
            (99.99, 100.01), (-1e300, 1e300), (0, 5e-290), (1e15, 1e15 + 1e8),
        ]
        let random = (0..<300).map { _ in
            let size = pow(10, generator.uniform(in: -12..<12))
            let low = generator.uniform(in: -1..<1) * size
            return (low, low + generator.uniform(in: 0.001..<2) * size)
        }
        return given + random
    }()

    /// Whether a distance is 1, 2 or 5 times a power of ten.
    private func isRound(_ step: Double) -> Bool {
        let mantissa = step / pow(10, log10(step).rounded(.down))
        return [1, 2, 5, 10].contains { abs(mantissa - $0) < 1e-6 }
    }

    @Test("they are evenly spread by 1, 2 or 5 times a power of ten", arguments: [1, 2, 3, 5, 10])
    func even(count: Int) {
        for range in Self.ranges {
            let values = Ticks.linear(from: range.low, to: range.high, count: count).values
            #expect(values.count <= count + 1, "\(range)")
            for (value, next) in zip(values, values.dropFirst()) {
                #expect(next > value, "\(range)")
                #expect(isRound(next - value) || abs(value) > 1e9 * (next - value), "\(range)")
            }
            let slack = (range.high - range.low) * 1e-6
            for value in values {
                #expect(value >= range.low - slack && value <= range.high + slack)
            }
        }
    }

    @Test("round ends hold the values, and not much more", arguments: [1, 2, 3, 5, 10])
    func covering(count: Int) throws {
        for range in Self.ranges {
            let values = Ticks.covering(from: range.low, to: range.high, count: count).values
            let first = try #require(values.first)
            let last = try #require(values.last)
            let slack = (range.high - range.low) * 1e-6
            #expect(first <= range.low + slack && last >= range.high - slack, "\(range)")
            let step = values[1] - values[0]
            #expect(first > range.low - step * 1.000_001, "\(range)")
            #expect(last < range.high + step * 1.000_001, "\(range)")
        }
    }

    @Test("there are enough of them: at least two fifths of what was asked for")
    func enough() {
        for range in Self.ranges {
            let values = Ticks.linear(from: range.low, to: range.high, count: 10).values
            #expect(values.count >= 4, "\(range): \(values)")
        }
    }

    @Test("labels say the numbers, without more digits than needed")
    func labels() {
        #expect(
            Ticks.linear(from: 0, to: 1, count: 5).labels == [
                "0.0", "0.2", "0.4", "0.6", "0.8", "1.0",
            ])
        #expect(Ticks.linear(from: -10, to: 10, count: 4).labels == ["−10", "−5", "0", "5", "10"])
        #expect(Ticks.linear(from: 0, to: 2e7, count: 4).labels.last == "2.0e7")
        #expect(Ticks.linear(from: 0, to: 3e-8, count: 3).labels == ["0", "1e-8", "2e-8", "3e-8"])
        for range in Self.ranges {
            let labels = Ticks.linear(from: range.low, to: range.high, count: 8).labels
            #expect(!labels.contains("−0") && !labels.contains("-0.0"))
        }
    }

    @Test("a logarithmic axis has powers of ten, and their multiples where there are few")
    func logarithmic() {
        #expect(
            Ticks.logarithmic(from: 1, to: 1_000, count: 4).labels == ["1", "10", "100", "1000"])
        #expect(
            Ticks.logarithmic(from: 1, to: 100, count: 8).labels
                == ["1", "2", "5", "10", "20", "50", "100"])
        #expect(Ticks.logarithmic(from: 1e-5, to: 1e-3, count: 3).labels.first == "1e-5")
        let wide = Ticks.logarithmic(from: 1e-290, to: 1e300, count: 6)
        #expect((3...8).contains(wide.values.count))
        for (low, high) in [(1e-3, 2e-3), (3.0, 4.0), (0.5, 700.0)] {
            let values = Ticks.logarithmic(from: low, to: high, count: 6).values
            #expect(values.count >= 2, "\(low) to \(high)")
            #expect(values.allSatisfy { $0 >= low * 0.999_999 && $0 <= high * 1.000_001 })
        }
    }
}
