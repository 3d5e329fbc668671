import AllocationCount
import EMGFilters
import EMGSignal
import Testing

/// Streams in a control loop must not ask for memory, which may take any time.
@Suite("Allocations of streams", .enabled(if: allocations_are_counted(), "only glibc is counted"))
struct StreamAllocationTests {
    static let chains: [[any PipelineStage]] = [
        [.bandPass(low: 20, high: 450), .notch(mains: 50, harmonics: 4), .envelope(cutoff: 6)],
        [.highPass(cutoff: 20), .movingRMS(seconds: 0.05)],
        [.movingARV(seconds: 0.01), .clip(low: -100, high: 100)],
        [.teagerKaiser, .normalize(.mvc(values: [3], source: "stated")), .rectify],
        [.fir(high: 300, length: 501)],
    ]

    @Test("nothing is allocated after the first chunk", arguments: chains, [1, 10, 200])
    func chunks(stages: [any PipelineStage], size: Int) throws {
        let chain = try ConditioningPipeline(phase: .causal, stages: stages)
            .resolve(samplingRate: SamplingRate(hertz: 2_000))
        var stream = try chain.makeStream(channelCount: 16)
        var chunk = Recordings.doubles(16 * size)
        stream.process(&chunk)
        let before = allocation_count()
        for _ in 0..<300 { stream.process(&chunk) }
        #expect(allocation_count() - before == 0)
    }

    @Test("an allocation is counted")
    func counted() {
        let before = allocation_count()
        let numbers = Recordings.doubles(1_000)
        #expect(allocation_count() > before)
        #expect(numbers.count == 1_000)
    }
}
