import AllocationCount
import Decoding
import EMGSignal
import Foundation
import TestSupport
import Testing

/// Whoever waits for the system to find memory does not decide in time.
@Suite(
    .enabled(if: allocations_are_counted(), "only glibc is counted"),
    .disabled(if: _isDebugAssertConfiguration(), "without optimization generic code allocates"))
struct StreamAllocationTests {
    /// Counts what the thread has asked for when decisions come.
    private final class CountingSink: DecisionSink {
        let name = "a count"
        let droppedCount = 0
        private(set) var counts: [Int] = []

        init() { counts.reserveCapacity(10_000) }

        func put(_ record: DecisionRecord, _ probabilities: Span<Double>) {
            counts.append(allocation_count())
        }

        func flush() {}
        func close() {}
    }

    /// Samples out of memory, with a gap now and then.
    private final class MemorySource: SampleSource {
        let name = "memory"
        let problem: String? = nil
        private(set) var stream: StreamDescription?
        private let samples = StreamFixture.samples(4_000, hasHole: true)
        private var next = 0

        func read(into block: inout SampleBlock, until deadline: UInt64) -> SourceEvent {
            guard stream != nil else {
                stream = StreamDescription(channelCount: 4)
                return .described
            }
            guard next < 4_000 else { return .ended }
            if next % 1_000 == 990 {
                next += 10
                return .fault(.gap(missing: 10))
            }
            let samples = samples
            block.begin(channelCount: 4)
            block.append(samples.span.extracting(next * 4..<(next + 10) * 4))
            block.arrival = MonotonicClock.now
            next += 10
            return .samples
        }

        func close() {}
    }

    @Test(
        "nothing is allocated after the first window, whatever sinks do",
        arguments: StreamFixture.models.keys.sorted() + StreamFixture.closed + ["prior"])
    func loop(model: String) throws {
        let sink = CountingSink()
        var loop = try DecodingLoop(
            try StreamFixture.bundle(model: model), from: MemorySource(), to: [sink])
        _ = try loop.run()
        #expect(sink.counts.count == 398)
        // The last output is put after the stream has ended.
        let during = sink.counts[1..<397]
        #expect(during.last! - during.first! == 0)
    }
}
