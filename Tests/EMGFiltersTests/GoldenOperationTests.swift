import EMGFilters
import EMGSignal
import FFTW
import Foundation
import TestSupport
import Testing

/// The golden vectors of `golden/dsp` that are not IIR filters: FIR filters, envelopes,
/// resampling, toolkits' chains. `docs/filters/goldens.md` lists those that are not reproduced.
@Suite(
    "Golden vectors of operations",
    .enabled(
        if: SharedMaterial.isPresent("golden/dsp/golden/manifest.json"),
        "needs golden/dsp beside the checkout"))
struct GoldenOperationTests {
    private func read(_ path: String) throws -> NumpyArray {
        try NumpyArray(contentsOf: SharedMaterial.url("golden/dsp/\(path).npy"))
    }

    private func input(_ name: String) throws -> [Double] {
        switch name {
        case "g2000": try read("fixtures/synth2000_4s_2ch").values
        case "g2000_8s": try firstTwo(read("fixtures/synth2000_8s"))
        case "g200": try read("fixtures/synth200_8s_2ch").values
        default: try read("golden/\(name)").values
        }
    }

    /// The first two columns.
    private func firstTwo(_ array: NumpyArray) -> [Double] {
        stride(from: 0, to: array.values.count, by: array.shape[1]).flatMap {
            array.values[$0..<$0 + 2]
        }
    }

    private func expect(
        _ found: [Double], _ name: String, within tolerance: Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let golden = try read("golden/\(name)").values
        try #require(found.count == golden.count, "\(name)", sourceLocation: sourceLocation)
        let peak = golden.map { abs($0) }.max() ?? 0
        let worst = zip(found, golden).map { abs($0 - $1) }.max() ?? 0
        #expect(worst <= tolerance * peak, "\(name)", sourceLocation: sourceLocation)
    }

    private func chain(
        _ stages: [any PipelineStage], rate: Double = 2_000,
        phase: ConditioningPipeline.Phase = .zero, edges: EdgePolicy = .oddReflection,
        engine: ConditioningPipeline.Engine = .spectral
    ) throws -> ConditioningChain {
        try ConditioningPipeline(phase: phase, engine: engine, edges: edges, stages: stages)
            .resolve(samplingRate: SamplingRate(hertz: rate))
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let golden: String
        let input: String
        let stages: [any PipelineStage]
        var rate = 2_000.0
        var phase = ConditioningPipeline.Phase.zero
        var edges = EdgePolicy.oddReflection
        var engine = ConditioningPipeline.Engine.spectral
        var tolerance = 1e-9
        /// Samples of the input that are used.
        var count: Int?
        var testDescription: String { golden }
    }

    private static let sinc = FIR.fir(low: 20, high: 450, length: 401)
    private static let band = "bp_sosfiltfilt"

    static let cases = [
        Case(
            golden: "firwin_same", input: "g2000", stages: [sinc], phase: .linear, edges: .none,
            tolerance: 1e-11),
        Case(golden: "firwin_oddreflect", input: "g2000", stages: [sinc], phase: .linear),
        Case(
            golden: "mne_filter_data", input: "g2000", stages: [.mneFilter(low: 20, high: 450)]),
        Case(
            golden: "mne_filter_data_short", input: "g2000",
            stages: [.mneFilter(low: 20, high: 450)], count: 1_000),
        Case(golden: "mne_hp20", input: "g2000", stages: [.mneFilter(low: 20, high: nil)]),
        Case(golden: "mne_lp450", input: "g2000", stages: [.mneFilter(low: nil, high: 450)]),
        Case(
            golden: "mne_filter_data_200", input: "g200",
            stages: [.mneFilter(low: 20, high: 90)], rate: 200),
        Case(golden: "mne_notch_50", input: "g2000_8s", stages: [.mneNotch(mains: 50)]),
        Case(
            golden: "mne_notch_harm", input: "g2000_8s",
            stages: [.mneNotch(mains: 50, harmonics: 9)]),
        Case(golden: "hilbert_env", input: band, stages: [.hilbert], tolerance: 1e-11),
        Case(
            golden: "hilbert_env_odd", input: band, stages: [.hilbert], tolerance: 1e-11,
            count: 7_999),
        Case(
            golden: "hilbert_env_prime", input: band, stages: [.hilbert], tolerance: 1e-11,
            count: 7_993),
        Case(
            golden: "rms_centered", input: band, stages: [.movingRMS(seconds: 0.1)],
            tolerance: 1e-11),
        Case(
            golden: "rms_causal", input: band, stages: [.movingRMS(seconds: 0.1)], phase: .causal,
            tolerance: 1e-11),
        Case(
            golden: "rms_centered_201", input: band, stages: [.movingRMS(seconds: 0.1005)],
            tolerance: 1e-11),
        Case(golden: "rms_pandas_centered", input: band, stages: [.movingRMS(seconds: 0.1)]),
        Case(
            golden: "arv_centered", input: band, stages: [.movingARV(seconds: 0.1)],
            tolerance: 1e-11),
        Case(
            golden: "arv_causal", input: band, stages: [.movingARV(seconds: 0.1)], phase: .causal,
            tolerance: 1e-11),
        Case(
            golden: "resample_poly_200", input: band, stages: [.resample(.rate(200))],
            edges: .none),
        Case(
            golden: "resample_poly_1000", input: band,
            stages: [.resample(.ratio(up: 1, down: 2))], edges: .none),
        Case(
            golden: "resample_poly_raw_200", input: "g2000", stages: [.resample(.rate(200))],
            edges: .none),
        Case(
            golden: "resample_poly_3_2", input: "g200", stages: [.resample(.rate(300))],
            rate: 200, edges: .none),
        Case(
            golden: "notch_comb_filtfilt", input: "g2000", stages: [.comb(fundamental: 50)],
            edges: .scipy, engine: .recursive),
        Case(
            golden: "linear_env", input: band, stages: [.envelope()], edges: .scipy,
            engine: .recursive),
        Case(
            golden: "bp_sosfiltfilt", input: "g2000", stages: [.bandPass(low: 20, high: 450)],
            edges: .scipy, engine: .recursive, tolerance: 1e-11),
        Case(
            golden: "notch_harm_filtfilt", input: "g2000",
            stages: [.notch(mains: 50, harmonics: 9)], edges: .scipy, engine: .recursive),
        // NeuroKit2 takes no rate for the amplitude and computes as if it were 1000 Hz.
        Case(
            golden: "nk_amplitude", input: "nk_clean",
            stages: [
                .teagerKaiser, .bandPass(low: 10, high: 400, order: 2),
                .envelope(cutoff: 8, order: 2),
            ], rate: 1_000, edges: .scipy, engine: .recursive, tolerance: 1e-7),
    ]

    @Test("chains give them everywhere", arguments: cases)
    func everywhere(_ test: Case) throws {
        let input = Array(try input(test.input).prefix(2 * (test.count ?? .max / 2)))
        let chain = try chain(
            test.stages, rate: test.rate, phase: test.phase, edges: test.edges,
            engine: test.engine)
        let found = chain.apply(to: input, channelCount: 2)
        try expect(found, test.golden, within: test.tolerance)
    }

    @Test(
        "presets give the chains of the toolkits",
        arguments: [
            (ConditioningPreset.pyemgpipeline, "pyemgpipeline_chain"),
            (.bioSPPy, "biosppy_filtered"), (.neuroKit2, "nk_clean"),
        ])
    func presets(preset: ConditioningPreset, golden: String) throws {
        let chain = try preset.pipeline.resolve(samplingRate: SamplingRate(hertz: 2_000))
        let found = chain.apply(to: try input("g2000"), channelCount: 2)
        try expect(found, golden, within: 1e-7)
    }

    @Test("finite designs have their weights")
    func weights() throws {
        let rate = try SamplingRate(hertz: 2_000)
        let sinc = try FIRDesign.windowedSinc(
            .bandPass(low: 20, high: 450), length: 401, window: .hamming, samplingRate: rate)
        let golden = try read("golden/firwin_h").values
        #expect(zip(sinc.taps, golden).allSatisfy { abs($0 - $1) <= 1e-14 })
        #expect(sinc.taps.count == golden.count)
        let automatic = try MNEDesign.filter(low: 20, high: 450, samplingRate: rate)
        let mne = try read("golden/mne_h").values
        #expect(automatic.taps.count == mne.count)
        #expect(zip(automatic.taps, mne).allSatisfy { abs($0 - $1) <= 1e-13 })
        #expect(automatic.halfAmplitudeCutoffs == [17.5, 506.25])
    }

    /// What lies beyond the ends, written out: zeros for EMGFlow, a mirror for ndimage.
    @Test("moving windows with other ends, by writing the ends out")
    func ends() throws {
        let input = try input(Self.band)
        let chain = try chain([.movingRMS(seconds: 0.1)])
        let rows = stride(from: 0, to: input.count, by: 2).map { Array(input[$0..<$0 + 2]) }
        let zeros = Array(repeating: [0.0, 0.0], count: 200)
        let padded = chain.apply(to: (zeros + rows + zeros).flatMap { $0 }, channelCount: 2)
        try expect(Array(padded[400..<400 + input.count]), "emgflow_rms_smooth", within: 1e-9)
        let mirrored = rows.prefix(200).reversed() + rows + rows.suffix(200).reversed()
        let reflected = chain.apply(to: mirrored.flatMap { $0 }, channelCount: 2)
        try expect(Array(reflected[400..<400 + input.count]), "rms_reflect", within: 1e-9)
    }

    @Test("resampling less the line through the ends, and decimating with another filter")
    func otherResampling() throws {
        let input = try input("g2000")
        let count = input.count / 2
        let chain = try chain([.resample(.rate(200))], edges: .none)
        // scipy's line is that through the first and the last sample.
        func line(_ sample: Double, _ channel: Int) -> Double {
            let (first, last) = (input[channel], input[input.count - 2 + channel])
            return first + (last - first) * sample / Double(count - 1)
        }
        let level = input.indices.map { input[$0] - line(Double($0 / 2), $0 % 2) }
        let found = chain.apply(to: level, channelCount: 2)
        try expect(
            found.indices.map { found[$0] + line(Double($0 / 2 * 10), $0 % 2) },
            "resample_poly_line_200", within: 1e-9)

        let low = try self.chain(
            [.fir(high: 100, length: 201)], edges: .none)
        let filtered = low.apply(to: input, channelCount: 2)
        let kept = stride(from: 0, to: count, by: 10).flatMap { filtered[2 * $0...2 * $0 + 1] }
        try expect(kept, "decimate10_fir", within: 1e-9)
    }

    @Test("the power of a whole signal's transform")
    func transform() throws {
        let input = try input("g2000")
        let count = input.count / 2
        let plan = RealFFTPlan(length: count)
        var workspace = plan.makeWorkspace()
        var power = [Double](repeating: 0, count: 2 * plan.binCount)
        for channel in 0..<2 {
            workspace.withSignal { signal in
                for index in 0..<count { signal[index] = input[2 * index + channel] }
            }
            plan.forward(&workspace)
            workspace.withSpectrum { spectrum in
                for bin in 0..<plan.binCount {
                    power[2 * bin + channel] =
                        spectrum[2 * bin] * spectrum[2 * bin]
                        + spectrum[2 * bin + 1] * spectrum[2 * bin + 1]
                }
            }
        }
        try expect(power, "rfft_power", within: 1e-11)
    }

    // MARK: Features
}
