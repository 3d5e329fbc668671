import Documents
import EMGFilters
import EMGSignal
import Foundation
import Spectra
import TestSupport
import Testing

/// The golden vectors of `golden/dsp` that this module's filters define; `manifest.json` there
/// states the call and the tolerance of each.
@Suite(
    "Golden vectors of other tools",
    .enabled(
        if: SharedMaterial.isPresent("golden/dsp/golden/manifest.json"),
        "needs golden/dsp beside the checkout"))
struct GoldenVectorTests {
    private struct Signal {
        let rows: [Double]
        let channels: Int
        var count: Int { rows.count / channels }
        var peak: Double { rows.map { abs($0) }.max() ?? 0 }

        func worst(_ other: [Double], in range: Range<Int>? = nil) -> Double {
            let range = range ?? 0..<count
            return (range.lowerBound * channels..<range.upperBound * channels)
                .map { abs(rows[$0] - other[$0]) }.max() ?? 0
        }
    }

    private func read(_ path: String) throws -> Signal {
        let array = try NumpyArray(contentsOf: SharedMaterial.url("golden/dsp/\(path)"))
        return Signal(rows: array.values, channels: array.shape.count > 1 ? array.shape[1] : 1)
    }

    private func golden(_ name: String) throws -> Signal { try read("golden/\(name).npy") }

    private func input(_ name: String) throws -> Signal {
        switch name {
        case "g2000": try read("fixtures/synth2000_4s_2ch.npy")
        case "g200": try read("fixtures/synth200_8s_2ch.npy")
        case "r100": try read("fixtures/roam100_golden.npy")
        case "m200": try read("fixtures/myo200_hand_close.npy")
        default: try golden(name)
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let golden: String
        let input: String
        let rate: Double
        let stages: [any PipelineStage]
        var padding = ForwardBackward.Padding.odd(length: nil)
        var tolerance = 1e-9
        /// To how many powers of ten the response dies down within the signal.
        var depth = 10
        var testDescription: String { golden }

        func designs() throws -> [FilterDesign] {
            try ConditioningPipeline(stages: stages)
                .resolve(samplingRate: SamplingRate(hertz: rate)).stages.flatMap(\.designs)
        }
    }

    private static let band = BandPass.bandPass(low: 20, high: 450)
    private static let band200 = BandPass.bandPass(low: 20, high: 90)
    private static let notch = Notch.notch(mains: 50)

    static let causalCases = [
        Case(golden: "bp_sosfilt", input: "g2000", rate: 2_000, stages: [band], tolerance: 1e-11),
        Case(
            golden: "hp0p05_sosfilt", input: "g2000", rate: 2_000,
            stages: [.highPass(cutoff: 0.05)], tolerance: 1e-7),
        Case(
            golden: "notch50_lfilter", input: "g2000", rate: 2_000, stages: [notch],
            tolerance: 1e-11),
        Case(
            golden: "linear_env_causal", input: "bp_sosfiltfilt", rate: 2_000,
            stages: [.envelope()]),
    ]

    @Test("causal chains give them everywhere", arguments: causalCases)
    func causal(_ test: Case) throws {
        let chain = try ConditioningPipeline(phase: .causal, stages: test.stages)
            .resolve(samplingRate: SamplingRate(hertz: test.rate))
        let input = try input(test.input)
        let golden = try golden(test.golden)
        let found = chain.apply(to: input.rows, channelCount: input.channels)
        #expect(golden.worst(found) <= test.tolerance * golden.peak)
    }

    @Test("a filter settled at the first sample starts as sosfilt_zi has it")
    func settled() throws {
        let input = try input("g2000")
        let golden = try golden("bp_sosfilt_zi")
        let design = try Butterworth.bandPass(
            low: 20, high: 450, order: 4, samplingRate: SamplingRate(hertz: 2_000))
        var filter = IIRFilter(design.sections, channelCount: 2)
        filter.settle(at: Array(input.rows.prefix(2)))
        var found = input.rows
        filter.process(&found)
        #expect(golden.worst(found) <= 1e-11 * golden.peak)
    }

    static let forwardBackwardCases = [
        Case(golden: "bp_sosfiltfilt", input: "g2000", rate: 2_000, stages: [band]),
        Case(
            golden: "bp_sosfiltfilt_even", input: "g2000", rate: 2_000, stages: [band],
            padding: .even(length: 500)),
        Case(
            golden: "bp_sosfiltfilt_nopad", input: "g2000", rate: 2_000, stages: [band],
            padding: .none),
        Case(
            golden: "bp_filtfilt_ba", input: "g2000", rate: 2_000, stages: [band],
            tolerance: 1e-6),
        Case(
            golden: "hp20_sosfiltfilt", input: "g2000", rate: 2_000,
            stages: [.highPass(cutoff: 20, order: 2)]),
        Case(golden: "bp_sosfiltfilt_200", input: "g200", rate: 200, stages: [band200]),
        Case(
            golden: "bp_sosfiltfilt_roam", input: "r100", rate: 100,
            stages: [.bandPass(low: 1, high: 40)]),
        Case(golden: "bp_sosfiltfilt_myo", input: "m200", rate: 200, stages: [band200]),
        Case(golden: "notch50_filtfilt", input: "g2000", rate: 2_000, stages: [notch]),
        Case(
            golden: "emgflow_bandpass", input: "g2000", rate: 2_000,
            stages: [.bandPass(low: 20, high: 450, order: 5)]),
        Case(
            golden: "mne_iir", input: "g2000", rate: 2_000, stages: [band],
            padding: .odd(length: 206)),
    ]

    @Test("forward and backward gives them everywhere", arguments: forwardBackwardCases)
    func forwardBackward(_ test: Case) throws {
        let input = try input(test.input)
        let golden = try golden(test.golden)
        let sections = try SecondOrderSections(test.designs().flatMap(\.sections.sections))
        var found = input.rows
        try ForwardBackward(sections, padding: test.padding)
            .process(&found, channelCount: input.channels)
        #expect(golden.worst(found) <= test.tolerance * golden.peak)
    }

    @Test("chains of forward and backward filters give them everywhere")
    func cascades() throws {
        let rate = try SamplingRate(hertz: 2_000)
        let raw = try input("g2000")

        var notched = raw.rows
        for harmonic in 1...9 {
            let design = try Notch.design(
                center: 50 * Double(harmonic), quality: 30, samplingRate: rate)
            try ForwardBackward(design.sections).process(&notched, channelCount: 2)
        }
        let comb = try golden("notch_harm_filtfilt")
        #expect(comb.worst(notched) <= 1e-9 * comb.peak)

        let low = try Butterworth.lowPass(cutoff: 6, order: 4, samplingRate: rate)
        var envelope = try golden("bp_sosfiltfilt").rows.map { abs($0) }
        try ForwardBackward(low.sections).process(&envelope, channelCount: 2)
        let linear = try golden("linear_env")
        #expect(linear.worst(envelope) <= 1e-9 * linear.peak)

        let means = (0..<2).map { channel in
            stride(from: channel, to: raw.rows.count, by: 2).reduce(0) { $0 + raw.rows[$1] }
                / Double(raw.count)
        }
        var muscle = raw.rows.enumerated().map { $1 - means[$0 % 2] }
        try ForwardBackward(
            Butterworth.bandPass(low: 10, high: 450, order: 2, samplingRate: rate).sections
        ).process(&muscle, channelCount: 2)
        muscle = muscle.map { abs($0) }
        try ForwardBackward(
            Butterworth.lowPass(cutoff: 6, order: 2, samplingRate: rate).sections
        ).process(&muscle, channelCount: 2)
        let pipeline = try golden("pyemgpipeline_chain")
        #expect(pipeline.worst(muscle) <= 1e-7 * pipeline.peak)
    }

    @Test("the shortest signal is filtered, one sample less is refused")
    func shortest() throws {
        let input = try input("g2000")
        let golden = try golden("bp_short28")
        let design = try Butterworth.bandPass(
            low: 20, high: 450, order: 4, samplingRate: SamplingRate(hertz: 2_000))
        let filter = ForwardBackward(design.sections)
        var found = Array(input.rows.prefix(28 * 2))
        try filter.process(&found, channelCount: 2)
        #expect(golden.worst(found) <= 1e-9 * golden.peak)
        var short = Array(input.rows.prefix(27 * 2))
        let error = #expect(throws: FilterError.self) {
            try filter.process(&short, channelCount: 2)
        }
        #expect(error?.kind == .signalTooShort(expectedMoreThan: 27, found: 27))
    }

    @Test("a constant comes out of a band-pass as nothing")
    func constant() throws {
        let rate = try SamplingRate(hertz: 2_000)
        let design = try Butterworth.bandPass(low: 20, high: 450, order: 4, samplingRate: rate)
        var found = [Double](repeating: 5, count: 256)
        try ForwardBackward(design.sections).process(&found, channelCount: 1)
        #expect(found.allSatisfy { abs($0) <= 1e-9 })
        let chain = try ConditioningPipeline(stages: [Self.band]).resolve(samplingRate: rate)
        let spectral = chain.apply(to: [Double](repeating: 5, count: 256), channelCount: 1)
        #expect(spectral.allSatisfy { abs($0) <= 1e-12 })
    }

    static let spectralCases = [
        Case(golden: "bp_sosfiltfilt", input: "g2000", rate: 2_000, stages: [band]),
        Case(
            golden: "hp20_sosfiltfilt", input: "g2000", rate: 2_000,
            stages: [.highPass(cutoff: 20, order: 2)]),
        Case(golden: "bp_sosfiltfilt_200", input: "g200", rate: 200, stages: [band200]),
        Case(
            golden: "bp_sosfiltfilt_roam", input: "r100", rate: 100,
            stages: [.bandPass(low: 1, high: 40)], depth: 8),
        Case(golden: "bp_sosfiltfilt_myo", input: "m200", rate: 200, stages: [band200]),
        Case(
            golden: "linear_env", input: "bp_sosfiltfilt", rate: 2_000, stages: [.envelope()]),
        Case(
            golden: "emgflow_bandpass", input: "g2000", rate: 2_000,
            stages: [.bandPass(low: 20, high: 450, order: 5)]),
        Case(
            golden: "notch50_filtfilt", input: "g2000", rate: 2_000, stages: [notch], depth: 3),
    ]

    /// The tools and the spectral engine continue a signal differently beyond its ends. At any
    /// depth the difference is at most what is left of the response there; beyond a settling time to
    /// 10⁻¹⁰ it is nothing. (The 4 seconds of the notch end before that: its response lasts
    /// longer. The synthetic cases have 20 seconds.)
    @Test("zero-phase chains give them, as far as the ends let them", arguments: spectralCases)
    func spectral(_ test: Case) throws {
        let chain = try ConditioningPipeline(stages: test.stages)
            .resolve(samplingRate: SamplingRate(hertz: test.rate))
        let input = try input(test.input)
        let golden = try golden(test.golden)
        let found = chain.apply(to: input.rows, channelCount: input.channels)
        var depths = 0
        for exponent in 1...10 {
            let level = pow(10, -Double(exponent))
            let edge = chain.reach(level: level)
            guard 2 * edge < golden.count else { break }
            let worst = golden.worst(found, in: edge..<golden.count - edge)
            #expect(worst <= 10 * level * input.peak + 1e-9 * golden.peak, "level \(level)")
            if exponent == 10 { #expect(worst <= 1e-9 * golden.peak) }
            depths += 1
        }
        #expect(depths >= test.depth)
    }

    @Test("spectra are those of welch", arguments: [("welch_default", 256), ("welch_1024", 1_024)])
    func welch(name: String, segment: Int) throws {
        let input = try input("g2000")
        let golden = try golden(name)
        for channel in 0..<2 {
            let samples = stride(from: channel, to: input.rows.count, by: 2).map { input.rows[$0] }
            let spectrum = PowerSpectrum.welch(
                samples, samplingRate: try SamplingRate(hertz: 2_000), segmentLength: segment)
            #expect(spectrum.density.count == golden.count)
            for (bin, density) in spectrum.density.enumerated() {
                #expect(abs(density - golden.rows[2 * bin + channel]) <= 1e-11 * golden.peak)
            }
        }
    }
}
