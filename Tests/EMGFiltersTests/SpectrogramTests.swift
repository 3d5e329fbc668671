import EMGSignal
import Foundation
import Spectra
import Testing

@Suite struct SpectrogramTests {
    @Test(arguments: [63, 64, 250])
    func `its segments' mean is Welch's estimate`(length: Int) throws {
        let rate = try SamplingRate(hertz: 500)
        let samples = Recordings.doubles(5_000)
        let spectrogram = Spectrogram(
            samples, samplingRate: rate, segmentLength: length, step: length - length / 2)
        let expected = PowerSpectrum.welch(
            samples, samplingRate: rate, segmentLength: length)
        #expect(spectrogram.segmentCount == expected.segmentCount)
        #expect(spectrogram.frequencies == expected.frequencies)
        let mean = spectrogram.means(columns: 1, rows: .max)
        #expect(mean.count == expected.density.count)
        for (one, other) in zip(mean, expected.density) { #expect(abs(one / other - 1) < 1e-12) }
    }

    @Test func `power stands where it was in time, and nothing where samples are missing`() throws {
        let rate = try SamplingRate(hertz: 1_000)
        // 100 Hz, then 300 Hz; one sample of the second half is missing.
        var samples = (0..<4_000).map { sin(2 * .pi * ($0 < 2_000 ? 0.1 : 0.3) * Double($0)) }
        samples[3_500] = .nan
        let spectrogram = Spectrogram(samples, samplingRate: rate, segmentLength: 100, step: 100)
        let bins = spectrogram.frequencies.count
        for segment in 0..<40 {
            let row = spectrogram.density[segment * bins..<(segment + 1) * bins]
            guard segment != 35 else {
                #expect(row.allSatisfy { $0.isNaN })
                continue
            }
            let strongest = row.indices.max { row[$0] < row[$1] }
            #expect(strongest == row.startIndex + (segment < 20 ? 10 : 30))
        }
        #expect(spectrogram.seconds == 0...4)
        let means = spectrogram.means(columns: 4, rows: 2)
        #expect(means.count == 8)
        // The lower half of the bins, then the upper one; early, then late.
        #expect(means[0] > 100 * means[4] && means[7] > 100 * means[3])
    }
}
