import EMGFilters
import EMGSignal
import Foundation
import Testing

/// Both engines, both precisions and every continuation against each other and against their laws.
@Suite("Engines")
struct EngineTests {
    private static let standard: [any PipelineStage] = [
        .bandPass(low: 20, high: 450), .notch(mains: 50, harmonics: 4), .envelope(cutoff: 6),
    ]

    private func chain(
        _ stages: [any PipelineStage] = standard, phase: ConditioningPipeline.Phase = .zero,
        engine: ConditioningPipeline.Engine = .spectral, edges: EdgePolicy = .oddReflection,
        precision: ConditioningPipeline.Precision = .double
    ) throws -> ConditioningChain {
        try ConditioningPipeline(
            phase: phase, engine: engine, edges: edges, precision: precision, stages: stages
        ).resolve(samplingRate: SamplingRate(hertz: 2_000))
    }

    private func worst(_ one: [Double], _ other: [Double]) -> Double {
        #expect(one.count == other.count)
        return zip(one, other).map { abs($0 - $1) }.max() ?? 0
    }

    @Test(
        "the recursive engine gives what the spectral one gives",
        arguments: [EdgePolicy.oddReflection, .constant, .none],
        [1, 2, 50, 3_000, 12_000, 90_000])
    func enginesAgree(edges: EdgePolicy, count: Int) throws {
        let input = Recordings.doubles(3 * count, seed: UInt64(count)).map { $0 + 30 }
        let spectral = try chain(edges: edges).apply(to: input, channelCount: 3)
        let recursive = try chain(engine: .recursive, edges: edges)
            .apply(to: input, channelCount: 3)
        #expect(worst(spectral, recursive) <= 1e-6)
    }

    @Test("single precision is within a millionth of the peak")
    func single() throws {
        let input = Recordings.doubles(2 * 200_000).map { $0 + 500 }
        for stages in [Array(Self.standard.prefix(2)), Self.standard] {
            let double = try chain(stages).apply(to: input, channelCount: 2)
            let single = try chain(stages, precision: .single).apply(to: input, channelCount: 2)
            let peak = double.map { abs($0) }.max() ?? 0
            #expect(worst(double, single) <= 1e-6 * peak)
            #expect(double != single)
        }
    }

    @Test("channels do not depend on how many there are", arguments: [1, 2, 3, 7, 8, 9, 17])
    func widths(channels: Int) throws {
        let columns = (0..<channels).map { Recordings.doubles(15_000, seed: UInt64($0)) }
        let rows = (0..<15_000).flatMap { sample in columns.map { $0[sample] } }
        let recursive = try chain(engine: .recursive)
        let found = recursive.apply(to: rows, channelCount: channels, threads: 2)
        for channel in 0..<channels {
            let alone = recursive.apply(to: columns[channel], channelCount: 1)
            #expect((0..<15_000).allSatisfy { found[$0 * channels + channel] == alone[$0] })
        }
    }

    @Test("the impulse response of an FIR filter without delay is its weights")
    func weights() throws {
        let design = try FIRDesign.windowedSinc(
            .bandStop(low: 45, high: 55), length: 301, window: .kaiser(beta: 6),
            samplingRate: SamplingRate(hertz: 2_000))
        var impulse = [Double](repeating: 0, count: 2_001)
        impulse[1_000] = 1
        let stage = FIR.fir(
            low: 45, high: 55, stops: true, length: 301, window: .kaiser(beta: 6))
        let linear = try chain([stage], phase: .linear).apply(to: impulse, channelCount: 1)
        let causal = try chain([stage], phase: .causal).apply(to: impulse, channelCount: 1)
        for (index, tap) in design.taps.enumerated() {
            #expect(abs(linear[850 + index] - tap) <= 1e-14)
            #expect(abs(causal[1_000 + index] - tap) <= 1e-14)
        }
    }

    @Test(
        "FIR filters let through what they should",
        arguments: [FIRWindow.hamming, .hann, .blackman, .kaiser(beta: 8)])
    func response(window: FIRWindow) throws {
        let rate = try SamplingRate(hertz: 2_000)
        let low = try FIRDesign.windowedSinc(
            .lowPass(cutoff: 100), length: 401, window: window, samplingRate: rate)
        #expect(abs(low.amplitude(atHertz: 0) - 1) <= 1e-12)
        #expect(abs(low.amplitude(atHertz: 100) - 0.5) <= 2e-3)
        #expect(abs(low.amplitude(atHertz: 1_000)) <= 1e-3)
        let cutoff = try #require(low.halfPowerCutoffs.first)
        #expect(low.halfPowerCutoffs.count == 1)
        #expect(abs(low.amplitude(atHertz: cutoff) - 0.5.squareRoot()) <= 1e-9)
        let high = try FIRDesign.windowedSinc(
            .highPass(cutoff: 100), length: 401, window: window, samplingRate: rate)
        #expect(abs(high.amplitude(atHertz: 1_000) - 1) <= 1e-12)
        // The amplitude by its definition, a sum of cosines.
        let sum = high.taps.enumerated().reduce(0.0) { sum, tap in
            sum + tap.element * cos(2 * .pi * Double(tap.offset - 200) * 137 / 2_000)
        }
        #expect(abs(sum - high.amplitude(atHertz: 137)) <= 1e-12)
    }

    @Test("the default chain leaves less than -60 dB of the stop band")
    func stopBand() throws {
        let chain = try chain(Array(Self.standard.prefix(2)))
        for frequency in [1.0, 2.0, 50.0, 100.0, 150.0, 200.0, 950.0, 990.0] {
            let input = (0..<100_000).map { sin(2 * .pi * frequency * Double($0) / 2_000) }
            let found = chain.apply(to: input, channelCount: 1)[30_000..<70_000]
            let power = found.reduce(0) { $0 + $1 * $1 } / Double(found.count)
            #expect(power <= 0.5e-6, "\(frequency) Hz")
        }
    }

    @Test("settings that exclude each other are refused")
    func contradictions() throws {
        #expect(throws: FilterError.self) { try chain(edges: .scipy) }
        #expect(throws: FilterError.self) { try chain(engine: .recursive, precision: .single) }
        #expect(throws: FilterError.self) { try chain(phase: .linear) }
        let whole: [any PipelineStage] = [
            .hilbert, .detrend(.linear), .resample(.rate(500)), .spectrumInterpolation(mains: 50),
            .normalize(.zScore),
        ]
        for stage in whole {
            #expect(throws: FilterError.self) { try chain([stage], phase: .causal) }
        }
        let impossible: [any PipelineStage] = [
            .comb(fundamental: 60), .comb(fundamental: 50, quality: 1),
            .fir(high: 100, length: 100),
            .fir(high: 1_000, length: 101),
            .mneFilter(low: nil, high: nil), .clip(low: 1, high: 1),
            .movingRMS(seconds: 0), .movingARV(seconds: .nan), .resample(.ratio(up: 0, down: 1)),
            .resample(.rate(1e-3)), .normalize(.percentile(0)),
            .normalize(.mvc(values: [0], source: "x")),
            .spectrumInterpolation(mains: 50, width: 60),
        ]
        for stage in impossible {
            #expect(throws: FilterError.self, "\(stage)") { try chain([stage]) }
        }
    }
}
