package import EMGSignal
private import FFTW

/// A spectrum while its segments come one after another: Welch's estimate of signals that are
/// larger than memory. ``PowerSpectrum/welch(_:samplingRate:segmentLength:)`` describes it.
package struct WelchAverage: Sendable {
    private let samplingRate: SamplingRate
    private let length: Int
    private let window: [Double]
    private let energy: Double
    private var power: [Double]
    private var count = 0

    /// Starts an average of nothing.
    ///
    /// - Parameters:
    ///   - samplingRate: The rate of the signal.
    ///   - segmentLength: Samples in a segment, at least 1.
    package init(samplingRate: SamplingRate, segmentLength: Int) {
        precondition(segmentLength >= 1, "a segment has at least 1 sample, got \(segmentLength)")
        self.samplingRate = samplingRate
        length = segmentLength
        window = Self.hannWindow(length: segmentLength)
        energy = window.reduce(0) { $0 + $1 * $1 }
        power = [Double](repeating: 0, count: segmentLength / 2 + 1)
    }

    /// Adds a segment, unless it has a sample that is not finite.
    ///
    /// - Parameter segment: As many samples as a segment has.
    package mutating func add(_ segment: some RandomAccessCollection<Double>) {
        precondition(segment.count == length, "a segment has \(length) samples")
        let values = Array(segment)
        var mean = 0.0
        for value in values { mean += value }
        mean /= Double(length)
        // A sum is finite only when every part of it is, but for sums too large to be signals.
        guard mean.isFinite else { return }
        let plan = RealFFTPlan.shared(length: length)
        var workspace = plan.makeWorkspace()
        workspace.withSignal { signal in
            for index in values.indices { signal[index] = (values[index] - mean) * window[index] }
        }
        plan.forward(&workspace)
        workspace.withSpectrum { spectrum in
            for bin in power.indices {
                let real = spectrum[2 * bin]
                let imaginary = spectrum[2 * bin + 1]
                power[bin] += real * real + imaginary * imaginary
            }
        }
        count += 1
    }

    /// The average so far; without bins when nothing was added.
    package var spectrum: PowerSpectrum {
        guard count > 0 else {
            return PowerSpectrum(frequencies: [], density: [], segmentCount: 0)
        }
        let scale = 1 / (samplingRate.hertz * energy * Double(count))
        let density = power.enumerated().map { bin, sum in
            // Each bin stands for its negative frequency too, except 0 and Nyquist.
            let isAlone = bin == 0 || 2 * bin == length
            return sum * (isAlone ? scale : 2 * scale)
        }
        let step = samplingRate.hertz / Double(length)
        return PowerSpectrum(
            frequencies: density.indices.map { Double($0) * step }, density: density,
            segmentCount: count)
    }

    private static func hannWindow(length: Int) -> [Double] {
        guard length > 1 else { return [1] }
        return (0..<length).map { index in
            let sine = sinPi(Double(index) / Double(length))
            return sine * sine
        }
    }
}
