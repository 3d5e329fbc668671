public import EMGSignal
private import Foundation

/// How much mains hum is in a signal, at 50 or at 60 Hz.
///
/// The power in the line's bins of ``PowerSpectrum`` (2-second segments, so bins of 0.5 Hz and a
/// line 1 Hz to each side, enough for mains that drift by half a hertz) is set against the
/// median of the bins within 8 Hz beside it.
public struct MainsHum: Sendable, Hashable {
    /// The nominal mains frequency in hertz, 50 or 60.
    public let frequency: Double
    /// The peak amplitude of a sine with the line's excess power, in signal units.
    public let amplitude: Double
    /// How far the line stands out: its density over that of the neighboring spectrum, in
    /// decibels. About 0 without hum; finite, at most 150.
    public let level: Double
    /// Whether the level is beyond what a signal without hum reaches by chance in a measurement
    /// of this length: 12 dB for 2 seconds, 6 dB for 10 seconds, falling towards 3 dB; and whether
    /// the line holds more than a millionth of the signal's power, so that what a low-pass has left
    /// of it is not reported as hum.
    public let isPresent: Bool

    /// Creates a measurement.
    package init(frequency: Double, amplitude: Double, level: Double, isPresent: Bool) {
        self.frequency = frequency
        self.amplitude = amplitude
        self.level = level
        self.isPresent = isPresent
    }

    /// The world's mains frequencies in hertz.
    package static let mainsFrequencies = [50.0, 60.0]

    /// The least part of a signal's power that counts as hum.
    private static let leastShare = 1e-6

    /// The shortest signal that can tell a line from its neighbors, in seconds.
    package static let shortestSeconds = 1.0

    /// Measures the hum in a signal.
    ///
    /// - Parameters:
    ///   - samples: One channel. Segments with samples that are not finite are left out.
    ///   - samplingRate: Its rate.
    /// - Returns: One measurement for each mains frequency whose line lies below Nyquist, lowest
    ///   first; none for a signal shorter than ``shortestSeconds``.
    public static func measure(_ samples: [Double], samplingRate: SamplingRate) -> [MainsHum] {
        guard samplingRate.seconds(ofSamples: samples.count) >= shortestSeconds else { return [] }
        return measure(
            PowerSpectrum.welch(
                samples, samplingRate: samplingRate,
                segmentLength: segmentLength(at: samplingRate)), samplingRate: samplingRate)
    }

    /// The segments of the spectrum that hum is measured in: 2 seconds.
    package static func segmentLength(at rate: SamplingRate) -> Int {
        max(1, rate.samples(inSeconds: 2))
    }

    /// Measures the hum in a spectrum of segments of ``segmentLength(at:)``, or of the whole
    /// signal when it is shorter.
    package static func measure(
        _ spectrum: PowerSpectrum, samplingRate: SamplingRate
    ) -> [MainsHum] {
        mainsFrequencies.compactMap { frequency in
            frequency < samplingRate.nyquist
                ? MainsHum(frequency: frequency, in: spectrum) : nil
        }
    }

    private init?(frequency: Double, in spectrum: PowerSpectrum) {
        guard spectrum.segmentCount > 0 else { return nil }
        let step = spectrum.resolution
        // The main lobe of a Hann window is two bins to each side.
        let halfWidth = max(1, 2 * step) * (1 + 1e-9)
        let line = spectrum.bins(from: frequency - halfWidth, to: frequency + halfWidth)
        let beside = [
            spectrum.bins(from: frequency - halfWidth - 8, to: frequency - halfWidth - step),
            spectrum.bins(from: frequency + halfWidth + step, to: frequency + halfWidth + 8),
        ]
        let otherLines = Self.mainsFrequencies.filter { $0 != frequency }
        let neighbors = beside.flatMap { Array($0) }.filter { bin in
            bin > 0
                && otherLines.allSatisfy { abs(spectrum.frequencies[bin] - $0) > halfWidth }
        }.map { spectrum.density[$0] }
        guard !line.isEmpty, !neighbors.isEmpty else { return nil }
        let background = Self.median(of: neighbors)
        let density = spectrum.density[line].reduce(0, +) / Double(line.count)
        let excess = max(0, density - background) * step * Double(line.count)
        let level = Self.decibels(
            density, over: background, floor: 1e-15 * (spectrum.density.max() ?? 0))
        // The mean is no part of the signal that hum could spoil.
        let power = spectrum.density.dropFirst().reduce(0, +) * step
        self.init(
            frequency: frequency, amplitude: (2 * excess).squareRoot(), level: level,
            isPresent: level >= 3 + 9 / Double(spectrum.segmentCount).squareRoot()
                && excess > Self.leastShare * power)
    }

    /// The ratio of two powers in decibels. What is below the floor is rounding noise and counts
    /// as the floor, so that a level is finite and silence has none.
    private static func decibels(
        _ power: Double, over reference: Double, floor: Double
    ) -> Double {
        guard floor > 0 else { return 0 }
        return 10 * log10(max(power, floor) / max(reference, floor))
    }

    private static func median(of values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
