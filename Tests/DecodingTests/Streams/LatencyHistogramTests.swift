import Decoding
import SeededRandom
import Testing

@Suite struct LatencyHistogramTests {
    @Test(
        "a quantile is that of the sorted latencies, at most 3.2 % above",
        arguments: [10, 1_000, 50_000])
    func quantiles(count: Int) {
        var random = SeededGenerator(seed: 2)
        var histogram = LatencyHistogram()
        var latencies: [UInt64] = []
        for _ in 0..<count {
            // From nanoseconds to minutes.
            let latency = UInt64(1) << UInt64(random.integer(below: 36))
            latencies.append(latency + random.next() % latency)
        }
        for latency in latencies { histogram.add(latency) }
        latencies.sort()
        for share in [0.0, 0.5, 0.9, 0.99, 0.999, 1] {
            let rank = max(1, Int((share * Double(count)).rounded(.up)))
            let exact = latencies[rank - 1]
            let found = histogram.quantile(share)
            #expect(found >= exact)
            #expect(Double(found) <= Double(exact) * 1.032)
        }
        #expect(histogram.maximum == latencies.last)
        #expect(histogram.quantile(1) == latencies.last)
    }

    @Test func `the shortest and the longest latency have their place`() {
        var histogram = LatencyHistogram()
        #expect(histogram.quantile(0.5) == 0)
        histogram.add(0)
        histogram.add(.max)
        #expect(histogram.quantile(0.5) == 0)
        #expect(histogram.quantile(1) == .max)
    }
}
