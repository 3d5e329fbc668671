import EMGFilters
import EMGSignal
import Foundation
import Testing

/// Low-passes that the spectral engine runs at a lower rate, and settings at the edge of what makes
/// sense, against the recursive engine, which knows nothing of blocks and rates.
@Suite("Spectral engine, odd settings")
struct ReducedRateTests {
    private func apply(
        _ stages: [any PipelineStage], to input: [Double], channels: Int,
        engine: ConditioningPipeline.Engine, edges: EdgePolicy = .oddReflection,
        precision: ConditioningPipeline.Precision = .double, rate: Double = 2_000, threads: Int = 1
    ) throws -> [Double] {
        try ConditioningPipeline(
            phase: .zero, engine: engine, edges: edges, precision: precision, stages: stages
        ).resolve(samplingRate: SamplingRate(hertz: rate))
            .apply(to: input, channelCount: channels, threads: threads)
    }

    private func worst(_ one: [Double], _ other: [Double]) -> Double {
        #expect(one.count == other.count)
        return zip(one, other).map { abs($0 - $1) }.max() ?? .infinity
    }

    @Test(
        "low-passes of any cut-off and order are exact",
        arguments: [0.5, 2, 6, 20, 60, 200, 700], [1, 2, 4, 8])
    func cutoffs(cutoff: Double, order: Int) throws {
        let input = Recordings.doubles(2 * 40_001, seed: 5).map { $0 + 70 }
        let stages: [any PipelineStage] = [.lowPass(cutoff: cutoff, order: order)]
        let spectral = try apply(stages, to: input, channels: 2, engine: .spectral)
        let recursive = try apply(stages, to: input, channels: 2, engine: .recursive)
        #expect(worst(spectral, recursive) <= 1e-7)
        // Away from the edges, where each engine cuts off the response at a place of its own.
        let inside = 2 * 15_000..<2 * 25_000
        #expect(worst(Array(spectral[inside]), Array(recursive[inside])) <= 2e-8)
        let single = try apply(
            stages, to: input, channels: 2, engine: .spectral, precision: .single)
        #expect(worst(spectral, single) <= 1e-6 * 170)
    }

    @Test(
        "any number of samples is filtered to its end",
        arguments: [1, 2, 3, 5, 100, 3_499, 3_600, 3_700, 3_801, 4_096, 9_999, 33_333],
        [EdgePolicy.oddReflection, .constant, .none])
    func lengths(count: Int, edges: EdgePolicy) throws {
        let input = Recordings.doubles(count, seed: UInt64(count)).map { $0 - 20 }
        let stages: [any PipelineStage] = [.rectify, .lowPass(cutoff: 6, order: 4)]
        let spectral = try apply(
            stages, to: input, channels: 1, engine: .spectral, edges: edges)
        let recursive = try apply(
            stages, to: input, channels: 1, engine: .recursive, edges: edges)
        #expect(worst(spectral, recursive) <= 1e-7)
    }

    @Test("any number of channels and threads", arguments: [1, 2, 3, 7, 8, 9, 17], [1, 2, 5])
    func widths(channels: Int, threads: Int) throws {
        let input = Recordings.doubles(channels * 12_345)
        let stages: [any PipelineStage] = [
            .bandPass(low: 60, high: 450), .rectify, .lowPass(cutoff: 20, order: 2),
            .clip(low: 10, high: 60),
        ]
        let spectral = try apply(
            stages, to: input, channels: channels, engine: .spectral, threads: threads)
        let alone = try apply(stages, to: input, channels: channels, engine: .spectral)
        #expect(worst(spectral, alone) == 0)
        let recursive = try apply(stages, to: input, channels: channels, engine: .recursive)
        #expect(worst(spectral, recursive) <= 1e-7)
    }

    @Test("a filter after a low-pass, and one whose gain rises again")
    func chains() throws {
        let input = Recordings.doubles(2 * 50_000)
        let chains: [[any PipelineStage]] = [
            [.rectify, .lowPass(cutoff: 8, order: 4), .rectify, .highPass(cutoff: 1, order: 2)],
            [
                .rectify, .lowPass(cutoff: 8, order: 4), .clip(low: 0, high: 55),
                .lowPass(cutoff: 30),
            ],
            [.bandStop(low: 5, high: 900, order: 4)],
        ]
        for stages in chains {
            let spectral = try apply(stages, to: input, channels: 2, engine: .spectral)
            let recursive = try apply(stages, to: input, channels: 2, engine: .recursive)
            #expect(worst(spectral, recursive) <= 1e-6)
        }
    }

    @Test("the impulse response of an envelope filter is symmetric wherever the impulse is")
    func impulses() throws {
        for place in 20_000..<20_009 {
            var impulse = [Double](repeating: 0, count: 40_017)
            impulse[place] = 1
            let found = try apply(
                [.lowPass(cutoff: 6, order: 4)], to: impulse, channels: 1, engine: .spectral)
            let unevenness = (1...8_000).map { abs(found[place + $0] - found[place - $0]) }.max()
            #expect(try #require(unevenness) <= 5e-14)
            #expect(abs(found.reduce(0, +) - 1) <= 1e-10)
        }
    }
}
