import EMGFilters
import EMGSignal
import Foundation
import Spectra
import Testing

@Suite("Power spectra")
struct PowerSpectrumTests {
    @Test("density times bin width sums to the variance")
    func variance() throws {
        let rate = try SamplingRate(hertz: 1_000)
        let samples = Recordings.doubles(100_000).map { $0 + 500 }
        let mean = samples.reduce(0, +) / Double(samples.count)
        let variance =
            samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(samples.count)
        let spectrum = PowerSpectrum.welch(samples, samplingRate: rate)
        let power = spectrum.density.reduce(0, +) * spectrum.resolution
        #expect(abs(power - variance) <= 0.02 * variance)
    }

    @Test("a sine stands at its frequency with half its squared amplitude")
    func sine() throws {
        let rate = try SamplingRate(hertz: 1_024)
        let samples = (0..<8_192).map { 3 * sin(2 * .pi * 100 * Double($0) / 1_024) }
        let spectrum = PowerSpectrum.welch(samples, samplingRate: rate, segmentLength: 1_024)
        let peak = try #require(
            spectrum.density.indices.max { spectrum.density[$0] < spectrum.density[$1] })
        #expect(spectrum.frequencies[peak] == 100)
        let power = spectrum.density[98...102].reduce(0, +) * spectrum.resolution
        #expect(abs(power - 4.5) <= 1e-9)
    }

    @Test("segments with a sample that is not finite are left out")
    func notFinite() throws {
        let rate = try SamplingRate(hertz: 1_000)
        var samples = Recordings.doubles(2_000)
        let whole = PowerSpectrum.welch(samples, samplingRate: rate)
        #expect(whole.segmentCount == 14)
        samples[1_000] = .nan
        let broken = PowerSpectrum.welch(samples, samplingRate: rate)
        #expect(broken.segmentCount == 12)
        #expect(broken.density.allSatisfy { $0.isFinite })
    }

    @Test("a signal shorter than a segment is one segment, none has no bins")
    func short() throws {
        let rate = try SamplingRate(hertz: 1_000)
        let short = PowerSpectrum.welch(Recordings.doubles(100), samplingRate: rate)
        #expect(short.segmentCount == 1 && short.density.count == 51)
        #expect(PowerSpectrum.welch([1], samplingRate: rate).density == [0])
        let none = PowerSpectrum.welch([], samplingRate: rate)
        #expect(none.density.isEmpty && none.frequencies.isEmpty && none.segmentCount == 0)
    }
}
