public import EMGSignal
private import FFTW

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
        let starts = usableStarts(in: samples, length: length)
        guard !starts.isEmpty else {
            return PowerSpectrum(frequencies: [], density: [], segmentCount: 0)
        }
        let window = hannWindow(length: length)
        let energy = window.reduce(0) { $0 + $1 * $1 }
        var density = [Double](repeating: 0, count: length / 2 + 1)
        let plan = RealFFTPlan.shared(length: length)
        var workspace = plan.makeWorkspace()
        for start in starts {
            workspace.withSignal { signal in
                let segment = samples.span.extracting(start..<start + length)
                var mean = 0.0
                for index in segment.indices { mean += segment[index] }
                mean /= Double(length)
                for index in segment.indices {
                    signal[index] = (segment[index] - mean) * window[index]
                }
            }
            plan.forward(&workspace)
            workspace.withSpectrum { spectrum in
                for bin in density.indices {
                    let real = spectrum[2 * bin]
                    let imaginary = spectrum[2 * bin + 1]
                    density[bin] += real * real + imaginary * imaginary
                }
            }
        }
        let scale = 1 / (samplingRate.hertz * energy * Double(starts.count))
        for bin in density.indices {
            // Each bin stands for its negative frequency too, except 0 and Nyquist.
            let isAlone = bin == 0 || 2 * bin == length
            density[bin] *= isAlone ? scale : 2 * scale
        }
        let step = samplingRate.hertz / Double(length)
        return PowerSpectrum(
            frequencies: density.indices.map { Double($0) * step }, density: density,
            segmentCount: starts.count)
    }

    /// The bins whose frequency lies in `low...high` hertz.
    func bins(from low: Double, to high: Double) -> Range<Int> {
        let start = frequencies.firstIndex { $0 >= low } ?? frequencies.count
        let end = frequencies.firstIndex { $0 > high } ?? frequencies.count
        return start..<max(start, end)
    }

    private static func usableStarts(in samples: [Double], length: Int) -> [Int] {
        guard length >= 1 else { return [] }
        var starts: [Int] = []
        var lastBroken = -1
        var checked = 0
        for start in stride(
            from: 0, through: samples.count - length, by: max(1, length - length / 2))
        {
            while checked < start + length {
                if !samples[checked].isFinite { lastBroken = checked }
                checked += 1
            }
            if lastBroken < start { starts.append(start) }
        }
        return starts
    }

    private static func hannWindow(length: Int) -> [Double] {
        guard length > 1 else { return [1] }
        return (0..<length).map { index in
            let sine = sinPi(Double(index) / Double(length))
            return sine * sine
        }
    }
}
