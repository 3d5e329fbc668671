import EMGFilters
import EMGSignal
import Spectra
import Testing

@Suite("Agreement with SciPy on synthetic signals")
struct SciPyTests {
    @Test(
        "the causal chain gives what sosfilt gives, everywhere",
        arguments: try SciPyGolden().cases(engine: "sosfilt"))
    func causal(golden: SciPyGolden.Case) throws {
        let chain = try golden.chain(phase: .causal)
        let found = chain.apply(to: golden.input, channelCount: golden.channels)
        #expect(golden.worst(of: found, in: 0..<golden.count) <= 1e-11 * golden.peak)
    }

    @Test(
        "forward and backward gives what sosfiltfilt gives, everywhere",
        arguments: try SciPyGolden().cases(engine: "sosfiltfilt"))
    func forwardBackward(golden: SciPyGolden.Case) throws {
        let designs = try golden.chain(phase: .zero).stages.flatMap(\.designs)
        let sections = try SecondOrderSections(designs.flatMap(\.sections.sections))
        var found = golden.input
        try ForwardBackward(sections).process(&found, channelCount: golden.channels)
        #expect(golden.worst(of: found, in: 0..<golden.count) <= 1e-11 * golden.peak)
    }

    @Test(
        "the zero-phase chain gives what sosfiltfilt gives, beyond the settling time",
        arguments: try SciPyGolden().cases(engine: "interior"))
    func spectral(golden: SciPyGolden.Case) throws {
        let chain = try golden.chain(phase: .zero)
        let found = chain.apply(to: golden.input, channelCount: golden.channels, threads: 2)
        let edge = chain.reach(level: 1e-10)
        let interior = edge..<golden.count - edge
        #expect(interior.count > golden.count / 10)
        #expect(golden.worst(of: found, in: interior) <= 1e-9 * golden.peak)
    }

    @Test("spectra are those of welch", arguments: try SciPyGolden().spectra)
    func welch(golden: SciPyGolden.Spectrum) throws {
        let rows = SyntheticSignal.rows(
            count: golden.count, channels: 2, rate: Int(golden.rate.hertz))
        let samples = stride(from: 0, to: rows.count, by: 2).map { rows[$0] }
        let spectrum = PowerSpectrum.welch(
            samples, samplingRate: golden.rate, segmentLength: golden.segment)
        #expect(spectrum.frequencies.count == golden.frequencies.count)
        let peak = golden.density.max() ?? 0
        for (bin, density) in golden.density.enumerated() {
            #expect(abs(spectrum.density[bin] - density) <= 1e-11 * peak)
            #expect(abs(spectrum.frequencies[bin] - golden.frequencies[bin]) <= 1e-9)
        }
    }

    @Test(
        "cut-offs at -3 dB after the passes are where the response says",
        arguments: try SciPyGolden().halfPower)
    func halfPower(golden: SciPyGolden.HalfPower) throws {
        let chain = try SciPyGolden.pipeline(golden.stages, phase: .zero)
            .resolve(samplingRate: golden.rate)
        let design = try #require(chain.stages.first?.designs.first)
        let cutoffs = design.halfPowerCutoffs(passes: golden.passes)
        #expect(cutoffs.count == golden.cutoffs.count)
        for (found, expected) in zip(cutoffs, golden.cutoffs) {
            #expect(abs(found - expected) <= 1e-7)
        }
    }
}
