public import EMGSignal
private import Foundation
import PrintableText

/// A filter of finite impulse response (FIR): a row of weights, symmetric and of odd length, so that its delay
/// is a whole number of samples and can be removed.
public struct FIRDesign: Sendable, Hashable {
    /// What it lets through, with the cut-offs as stated.
    package let shape: FilterShape
    /// The window it is shaped with; `nil` for weights that were designed elsewhere.
    package let window: FIRWindow?
    /// The sampling rate it is designed for.
    package let samplingRate: SamplingRate
    /// The weights; the middle one is of the sample itself.
    public let taps: [Double]
    /// Where the magnitude is one half, between pass and stop bands, in hertz.
    package let halfAmplitudeCutoffs: [Double]

    /// The longest filter that is designed, in samples.
    static let longest = 1 << 22

    init(
        shape: FilterShape, window: FIRWindow?, samplingRate: SamplingRate, taps: [Double],
        cutoffs: [Double]
    ) {
        self.shape = shape
        self.window = window
        self.samplingRate = samplingRate
        self.taps = taps
        halfAmplitudeCutoffs = cutoffs
    }

    /// Creates a design from weights.
    ///
    /// - Parameters:
    ///   - taps: The weights: symmetric and an odd number of them, so that the delay can be
    ///     removed.
    ///   - name: What it lets through, for people, as `differentiator`.
    ///   - samplingRate: The sampling rate it is designed for.
    /// - Throws: ``FilterError`` when the weights are not finite, not symmetric or too many.
    public init(
        taps: [Double], name: String, samplingRate: SamplingRate
    ) throws(FilterError) {
        guard taps.count == 1 || taps.count <= Self.longest && !taps.count.isMultiple(of: 2) else {
            throw FilterError(
                .unusableParameter(
                    name: "the length of an FIR filter",
                    expected: "an odd number up to \(Self.longest)", found: Double(taps.count)),
                hint: "an even length delays by half a sample, which cannot be removed")
        }
        let largest = taps.reduce(0) { max($0, abs($1)) }
        guard largest.isFinite,
            zip(taps, taps.reversed()).allSatisfy({ abs($0 - $1) <= 1e-12 * largest })
        else {
            throw FilterError(
                .contradiction("the weights of an FIR filter are finite and symmetric"),
                hint: "weights that are not have no delay that could be removed: make a channel "
                    + "operation of them")
        }
        self.init(
            shape: .other(name: name, cutoffs: []), window: nil, samplingRate: samplingRate,
            taps: taps, cutoffs: [])
    }

    /// The number of weights.
    package var length: Int { taps.count }

    /// By how many samples a causal application is late, at every frequency.
    package var groupDelay: Int { taps.count / 2 }

    /// The windowed-sinc design of `scipy.signal.firwin` with its scaling: exactly 1 at 0 Hz, at
    /// Nyquist or in the middle of the first pass band.
    ///
    /// - Parameters:
    ///   - shape: Low-pass, high-pass, band-pass or band-stop, with its half-amplitude cut-offs.
    ///   - length: How many weights; odd, from 3.
    ///   - window: The window.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for cut-offs or a length that cannot be, and for a notch.
    public static func windowedSinc(
        _ shape: FilterShape, length: Int, window: FIRWindow, samplingRate: SamplingRate
    ) throws(FilterError) -> FIRDesign {
        try check(length: length)
        let nyquist = samplingRate.nyquist
        let bands: [(low: Double, high: Double)]
        switch shape {
        case .lowPass(let cutoff):
            try CutoffLimits(samplingRate).check(cutoff)
            bands = [(0, cutoff / nyquist)]
        case .highPass(let cutoff):
            try CutoffLimits(samplingRate).check(cutoff)
            bands = [(cutoff / nyquist, 1)]
        case .bandPass(let low, let high):
            try CutoffLimits(samplingRate).check(low: low, high: high)
            bands = [(low / nyquist, high / nyquist)]
        case .bandStop(let low, let high):
            try CutoffLimits(samplingRate).check(low: low, high: high)
            bands = [(0, low / nyquist), (high / nyquist, 1)]
        case .notch(let center, let bandwidth):
            return try windowedSinc(
                .bandStop(low: center - bandwidth / 2, high: center + bandwidth / 2),
                length: length, window: window, samplingRate: samplingRate)
        case .comb, .other:
            throw FilterError(
                .contradiction("\(shape.name) is not designed as a windowed sinc"),
                hint: "use the comb stage, or a notch with harmonics")
        }
        return FIRDesign(
            shape: shape, window: window, samplingRate: samplingRate,
            taps: firwin(bands: bands, length: length, window: window),
            cutoffs: shape.statedCutoffs)
    }

    private static func check(length: Int) throws(FilterError) {
        guard length >= 3, length <= longest, !length.isMultiple(of: 2) else {
            throw FilterError(
                .unusableParameter(
                    name: "the length of an FIR filter",
                    expected: "an odd number from 3 to \(longest)", found: Double(length)),
                hint: "an even length delays by half a sample, which cannot be removed")
        }
    }

    /// The weights for pass bands between fractions of Nyquist.
    static func firwin(
        bands: [(low: Double, high: Double)], length: Int, window: FIRWindow
    ) -> [Double] {
        let middle = length / 2
        var taps = window.weights(length: length)
        for index in taps.indices {
            let distance = Double(index - middle)
            taps[index] *= bands.reduce(0) { sum, band in
                sum + band.high * sinc(band.high * distance) - band.low * sinc(band.low * distance)
            }
        }
        let first = bands[0]
        let frequency =
            first.low == 0 ? 0 : first.high == 1 ? 1 : (first.low + first.high) / 2
        var scale = 0.0
        for index in taps.indices {
            scale += taps[index] * cos(.pi * Double(index - middle) * frequency)
        }
        return taps.map { $0 / scale }
    }

    private static func sinc(_ x: Double) -> Double { x == 0 ? 1 : sin(.pi * x) / (.pi * x) }

    /// The real response once the delay is removed: negative where the phase is turned.
    ///
    /// - Parameter frequency: From 0 to Nyquist, in hertz.
    /// - Returns: The factor that a sine is multiplied by.
    public func amplitude(atHertz frequency: Double) -> Double {
        // Clenshaw's recurrence for a sum of cosines: one cosine for all weights.
        let middle = taps.count / 2
        let turn = 2 * cos(2 * .pi * frequency / samplingRate.hertz)
        var (b1, b2) = (0.0, 0.0)
        for index in stride(from: middle, to: 0, by: -1) {
            (b1, b2) = (2 * taps[middle + index] + turn * b1 - b2, b1)
        }
        return taps[middle] + turn / 2 * b1 - b2
    }

    /// Where the magnitude really is 1/√2 (-3 dB), in hertz, ascending.
    package var halfPowerCutoffs: [Double] {
        ResponseCrossings.find(
            level: 0.5.squareRoot(), rate: samplingRate.hertz, steps: min(1 << 14, 4 * taps.count)
        ) { abs(amplitude(atHertz: $0)) }
    }

    /// The numbers in a sentence.
    package var description: String {
        let cutoffs = halfAmplitudeCutoffs.map(\.plain).joined(separator: ", ")
        return "\(shape.name): FIR of \(length, of: "sample")"
            + (window.map { " (\($0.name))" } ?? "")
            + (cutoffs.isEmpty ? "" : ", -6 dB at \(cutoffs) Hz")
            + ", delay \(groupDelay, of: "sample") when causal, none otherwise"
    }
}
