package import EMGSignal

/// How the power of a signal is spread over frequency while time goes on: the power densities of
/// short segments, each estimated as ``PowerSpectrum`` estimates one.
package struct Spectrogram: Sendable, Hashable {
    /// The frequency of each bin in hertz, from 0 up to at most Nyquist in equal steps.
    package let frequencies: [Double]
    /// How many segments there are.
    package let segmentCount: Int
    /// The one-sided power density in squared signal units per hertz, `[segments × bins]`; NaN in
    /// segments with a sample that is not finite.
    package let density: [Double]
    /// From the first sample of the first segment to the last one of the last, in seconds.
    package let seconds: ClosedRange<Double>

    /// Estimates a spectrogram.
    ///
    /// - Parameters:
    ///   - samples: The signal, at least a segment.
    ///   - samplingRate: Its rate.
    ///   - segmentLength: Samples in a segment, at least 1.
    ///   - step: Samples from one segment to the next, at least 1.
    package init(
        _ samples: [Double], samplingRate: SamplingRate, segmentLength: Int, step: Int
    ) {
        precondition(
            segmentLength >= 1 && step >= 1 && samples.count >= segmentLength,
            "segments of \(segmentLength) of \(samples.count) samples")
        let empty = WelchAverage(samplingRate: samplingRate, segmentLength: segmentLength)
        let binCount = segmentLength / 2 + 1
        let starts = Array(stride(from: 0, through: samples.count - segmentLength, by: step))
        density = starts.flatMap { start in
            var segment = empty
            segment.add(samples[start..<start + segmentLength])
            let spectrum = segment.spectrum
            return spectrum.segmentCount == 1
                ? spectrum.density : [Double](repeating: .nan, count: binCount)
        }
        segmentCount = starts.count
        let resolution = samplingRate.hertz / Double(segmentLength)
        frequencies = (0..<binCount).map { Double($0) * resolution }
        let end = (starts.last ?? 0) + segmentLength
        seconds = 0...samplingRate.seconds(ofSamples: end)
    }

    /// The mean power density of blocks of segments and bins, in a smaller matrix.
    ///
    /// - Parameters:
    ///   - columns: Blocks of segments, at least 1; as many as segments at most.
    ///   - rows: Blocks of bins, likewise.
    /// - Returns: `[rows × columns]`; NaN where no segment was finite.
    package func means(columns: Int, rows: Int) -> [Double] {
        let (columns, rows) = (min(columns, segmentCount), min(rows, frequencies.count))
        var sums = [Double](repeating: 0, count: columns * rows)
        var counts = [Int](repeating: 0, count: columns * rows)
        for segment in 0..<segmentCount {
            let column = segment * columns / segmentCount
            for bin in frequencies.indices {
                let value = density[segment * frequencies.count + bin]
                guard value.isFinite else { continue }
                let place = bin * rows / frequencies.count * columns + column
                sums[place] += value
                counts[place] += 1
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : .nan }
    }
}
