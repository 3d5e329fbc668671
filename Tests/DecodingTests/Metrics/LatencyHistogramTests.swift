import AllocationCount
import Decoding
import SeededRandom
import Testing

@Suite struct LatencyHistogramTests {
    @Test func `an empty histogram has no numbers`() {
        let histogram = LatencyHistogram()
        #expect(histogram.count == 0)
        #expect(histogram.quantile(0.5) == nil)
        #expect(histogram.mean == nil && histogram.minimum == nil && histogram.maximum == nil)
    }

    @Test(arguments: [0, 1, 63, 64, 127, 128, 129, 1_000, 999_999, 1 << 41, UInt64.max])
    func `one time is every quantile, exactly`(time: UInt64) {
        var histogram = LatencyHistogram(deadline: 1_000)
        histogram.record(nanoseconds: time)
        for share in [1e-9, 0.5, 0.999, 1] { #expect(histogram.quantile(share) == time) }
        #expect(histogram.missedCount == (time > 1_000 ? 1 : 0))
    }

    @Test(arguments: [10.0, 1e3, 1e6, 1e9])
    func `quantiles are those of the sorted times, to a 64th`(scale: Double) {
        var generator = SeededGenerator(seed: 7, stream: "latency")
        var times: [UInt64] = []
        var histogram = LatencyHistogram(deadline: UInt64(scale))
        for _ in 0..<5_000 {
            let unit = Double(generator.next() >> 11) * 0x1p-53
            let time = UInt64(scale * unit / (1.001 - unit))
            times.append(time)
            histogram.record(nanoseconds: time)
        }
        times.sort()
        for (share, rank) in [(0.5, 2_500), (0.9, 4_500), (0.99, 4_950), (0.999, 4_995)] {
            let exact = times[rank - 1]
            let found = histogram.quantile(share) ?? 0
            #expect(found >= exact && Double(found) <= Double(exact) * (1 + 1.0 / 64))
        }
        #expect(histogram.quantile(1) == times.last)
        #expect(histogram.maximum == times.last && histogram.minimum == times.first)
        #expect(histogram.missedCount == times.count { Double($0) > scale })
    }

    @Test func `parts add up to the whole`() {
        var (whole, left, right) = (
            LatencyHistogram(deadline: 500), LatencyHistogram(deadline: 500),
            LatencyHistogram(deadline: 500)
        )
        for time in stride(from: UInt64(3), to: 100_000, by: 97) {
            whole.record(nanoseconds: time)
            if time.isMultiple(of: 2) {
                left.record(nanoseconds: time)
            } else {
                right.record(nanoseconds: time)
            }
        }
        left.add(right)
        #expect(left == whole)
    }

    @Test(.enabled(if: allocations_are_counted(), "only glibc is counted"))
    func `recording asks for no memory`() {
        var histogram = LatencyHistogram(deadline: 1_000_000)
        func run() {
            for time in 0..<10_000 { histogram.record(nanoseconds: UInt64(time) * 1_009) }
        }
        run()
        let before = allocation_count()
        run()
        let allocations = allocation_count() - before
        #expect(allocations == 0)
        #expect(histogram.count == 20_000)
    }
}
