import EMGFeatures
import EMGSignal
import TestSupport
import Testing

/// The golden vectors of `golden/dsp` that LibEMG's features gave.
@Suite(
    "Golden vectors of features",
    .enabled(
        if: SharedMaterial.isPresent("golden/dsp/golden/manifest.json"),
        "needs golden/dsp beside the checkout"))
struct GoldenFeatureTests {
    private func read(_ path: String) throws -> NumpyArray {
        try NumpyArray(contentsOf: SharedMaterial.url("golden/dsp/\(path).npy"))
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let golden: String
        let kind: any Feature
        var input = "bp_sosfiltfilt"
        var window = 400
        var stride = 100
        var rate = 2_000.0
        var tolerance = 1e-11
        var testDescription: String { golden }
    }

    static let features =
        [
            Case(golden: "feat_MAV", kind: .mav), Case(golden: "feat_RMS", kind: .rms),
            Case(golden: "feat_WL", kind: .waveformLength),
            Case(golden: "feat_IAV", kind: .iav), Case(golden: "feat_VAR", kind: .variance),
            Case(golden: "feat_LD", kind: .logDetector),
            Case(golden: "feat_MFL", kind: .maximumFractalLength),
            Case(golden: "feat_DASDV", kind: .dasdv),
            Case(golden: "feat_ZC", kind: .zeroCrossings(), tolerance: 0),
            Case(
                golden: "feat_SSC", kind: .slopeSignChanges(inclusive: true), tolerance: 0),
            Case(
                golden: "feat_SSC_thr1", kind: .slopeSignChanges(threshold: 25, inclusive: true),
                tolerance: 0),
            Case(golden: "feat_WAMP", kind: .willisonAmplitude(threshold: 2e-3), tolerance: 0),
            Case(golden: "feat_WAMP_thr10", kind: .willisonAmplitude(threshold: 10), tolerance: 0),
            Case(golden: "feat_MNF", kind: .meanFrequency),
            Case(golden: "feat_MDF", kind: .medianFrequency, tolerance: 0),
            Case(golden: "feat_MNP", kind: .meanPower),
            Case(golden: "feat_AR", kind: .autoregressive(), tolerance: 1e-9),
            Case(golden: "feat_CC", kind: .cepstrum(), tolerance: 1e-9),
            Case(golden: "feat_SKEW", kind: .skewness, tolerance: 1e-9),
            Case(golden: "feat_KURT", kind: .kurtosis, tolerance: 1e-9),
            Case(golden: "feat_MOB", kind: .mobility, tolerance: 1e-9),
            Case(golden: "feat_SAMPEN", kind: .sampleEntropy(), tolerance: 1e-9),
        ]
        + [("roam", "r100", 40, 1, 100.0), ("myo", "m200", 52, 5, 200.0)].flatMap {
            name, input, window, stride, rate in
            [
                ("MAV", MeanAbsoluteValue() as any Feature), ("RMS", .rms), ("WL", .waveformLength),
                ("VAR", .variance), ("ZC", .zeroCrossings()),
                ("SSC", .slopeSignChanges(inclusive: true)),
            ].map {
                Case(
                    golden: "feat_\(name)_\($0.0)", kind: $0.1, input: input, window: window,
                    stride: stride, rate: rate)
            }
        }

    @Test("features are LibEMG's", arguments: features)
    func feature(_ test: Case) throws {
        let array =
            switch test.input {
            case "r100": try read("fixtures/roam100_golden")
            case "m200": try read("fixtures/myo200_hand_close")
            default: try read("golden/\(test.input)")
            }
        let features = try SlidingFeatures(
            [test.kind], window: test.window, stride: test.stride,
            samplingRate: SamplingRate(hertz: test.rate))
        let golden = try read("golden/\(test.golden)").values
        let found = features.compute(array.values, channelCount: array.shape[1])
        // Of the entropy only the first windows are stored.
        #expect(
            found.count == golden.count
                || test.golden == "feat_SAMPEN" && found.count > golden.count)
        let peak = golden.map { abs($0) }.max() ?? 0
        let worst = zip(found, golden).map { abs($0 - $1) }.max() ?? 0
        #expect(worst <= test.tolerance * peak, "off by \(worst)")
    }

    @Test("windows begin where LibEMG's do")
    func windows() throws {
        let starts = try read("golden/win_index").values
        let features = try SlidingFeatures(
            [.mav], window: 400, stride: 100, samplingRate: SamplingRate(hertz: 2_000))
        #expect(features.windowCount(samples: 8_000) == starts.count)
        #expect(starts == (0..<starts.count).map { Double($0 * features.stride) })
    }
}
