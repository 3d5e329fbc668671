public import EMGSignal

/// How the power of a signal is spread over frequency: Welch's estimate.
///
/// The signal is cut into segments that overlap by one half. Each has its mean removed, is
/// weighted with a periodic Hann window and transformed; the squared magnitudes are averaged and
/// scaled so that the sum of density times bin width is the mean square of the signal
/// (P. D. Welch, IEEE Trans. Audio Electroacoust. 15 (1967) 70–73). These are the settings of
/// `scipy.signal.welch`.
public struct PowerSpectrum: Sendable, Hashable {
    /// The frequency of each bin in hertz, from 0 up to at most Nyquist in equal steps.
    public let frequencies: [Double]
    /// The one-sided power density of each bin in squared signal units per hertz.
    public let density: [Double]
    /// How many segments were averaged.
    public let segmentCount: Int

    /// The distance between bins in hertz; 0 when there are fewer than two.
    public var resolution: Double { frequencies.count > 1 ? frequencies[1] : 0 }

    /// Estimates the spectrum of a signal.
    ///
    /// - Parameters:
    ///   - samples: The signal. Segments with a sample that is not finite are left out.
    ///   - samplingRate: Its rate.
    ///   - segmentLength: Samples in a segment, at least 1; a shorter signal is one segment.
    /// - Returns: The spectrum, with `segmentLength / 2 + 1` bins; without bins when no segment
    ///   of finite samples fits.
    public static func welch(
        _ samples: [Double], samplingRate: SamplingRate, segmentLength: Int = 256
    ) -> PowerSpectrum {
        precondition(segmentLength >= 1, "a segment has at least 1 sample, got \(segmentLength)")
        let length = min(segmentLength, samples.count)
        guard length >= 1 else {
            return PowerSpectrum(frequencies: [], density: [], segmentCount: 0)
        }
        var average = WelchAverage(samplingRate: samplingRate, segmentLength: length)
        for start in stride(
            from: 0, through: samples.count - length, by: max(1, length - length / 2))
        {
            average.add(samples[start..<start + length])
        }
        return average.spectrum
    }

    /// The bins whose frequency lies in `low...high` hertz.
    func bins(from low: Double, to high: Double) -> Range<Int> {
        let start = frequencies.firstIndex { $0 >= low } ?? frequencies.count
        let end = frequencies.firstIndex { $0 > high } ?? frequencies.count
        return start..<max(start, end)
    }
}
