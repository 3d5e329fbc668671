package import ComplexModule
public import EMGSignal
private import FFTW
private import Foundation
private import RealModule

/// A designed IIR filter: what was asked for, and all that follows from it.
///
/// Designs come from ``Butterworth``, ``Notch`` and ``Comb``, or from second-order sections that
/// were computed elsewhere.
public struct FilterDesign: Sendable, Hashable {
    /// What it lets through, with the cut-offs as stated.
    package let shape: FilterShape
    /// The design order, counted as the field's tools do: poles for each cut-off, so that a
    /// band-pass of order 4 has 8 poles. A notch has order 1.
    package let order: Int
    /// The sampling rate it is designed for.
    package let samplingRate: SamplingRate
    /// The recursion of the filter as a cascade of second-order sections, at the rate it was
    /// designed for.
    public let sections: SecondOrderSections
    /// The factors of the transfer function in the plane of the bilinear transform.
    let factors: [BilinearSection]

    /// Creates a design and checks that its recursion is stable.
    init(
        shape: FilterShape, order: Int, samplingRate: SamplingRate, factors: [BilinearSection]
    ) throws(FilterError) {
        let digital = factors.map(\.digital)
        guard digital.allSatisfy(\.isStable), factors.allSatisfy({ $0.decayRate > 0 }) else {
            throw FilterError(
                .unstableDesign(
                    cutoffs: shape.statedCutoffs, samplingRate: samplingRate.hertz),
                hint: "choose cut-offs further from 0, from Nyquist or from each other, or "
                    + "resample the signal first")
        }
        self.shape = shape
        self.order = order
        self.samplingRate = samplingRate
        self.factors = factors
        sections = SecondOrderSections(stable: digital)
    }

    /// Creates a design from second-order sections.
    ///
    /// How far the filter rings is measured on its impulse response, and its -3 dB cut-offs on its
    /// response.
    ///
    /// - Parameters:
    ///   - sections: The recursion.
    ///   - name: What it lets through, for people, as `leaky integrator 2 Hz`.
    ///   - cutoffs: The cut-offs it was asked for, in hertz, if any.
    ///   - order: The design order; `nil` for the number of its poles.
    ///   - samplingRate: The sampling rate it is designed for.
    /// - Throws: ``FilterError`` when its poles are too near to the unit circle.
    public init(
        _ sections: SecondOrderSections, name: String, cutoffs: [Double] = [], order: Int? = nil,
        samplingRate: SamplingRate
    ) throws(FilterError) {
        let factors = sections.sections.map(BilinearSection.init(digital:))
        guard factors.allSatisfy({ $0.decayRate > 0 }) else {
            throw FilterError(
                .unstableDesign(cutoffs: cutoffs, samplingRate: samplingRate.hertz),
                hint: "choose cut-offs further from 0 or from Nyquist, or resample the signal first"
            )
        }
        shape = .other(name: name, cutoffs: cutoffs)
        self.order = order ?? factors.reduce(0) { $0 + $1.poles.count }
        self.samplingRate = samplingRate
        self.factors = factors
        self.sections = sections
    }

    /// The poles in the z-plane; all inside the unit circle.
    package var poles: [Complex<Double>] { factors.flatMap(\.poles) }

    /// The zeros in the z-plane, as many as poles.
    package var zeros: [Complex<Double>] { factors.flatMap(\.zeros) }

    /// How much one pass multiplies a sine of a frequency by, to full precision even where the
    /// coefficients of the recursion have lost digits.
    ///
    /// - Parameter frequency: From 0 to Nyquist, in hertz.
    /// - Returns: The factor, at least 0.
    public func magnitude(atHertz frequency: Double) -> Double {
        squaredMagnitude(atHertz: frequency).squareRoot()
    }

    /// The square of ``magnitude(atHertz:)``: what both passes of a zero-phase application
    /// multiply by.
    func squaredMagnitude(atHertz frequency: Double) -> Double {
        precondition(
            (0...samplingRate.nyquist).contains(frequency),
            "a frequency lies from 0 to \(samplingRate.nyquist) Hz, got \(frequency)")
        let fraction = frequency / samplingRate.hertz
        let (sine, cosine) = (sinPi(fraction), cosPi(fraction))
        return factors.reduce(1) { $0 * $1.squaredMagnitude(sine: sine, cosine: cosine) }
    }

    /// By how many samples one causal pass delays the envelope of a narrow band.
    ///
    /// - Parameter frequency: The center of the band, from 0 to Nyquist, in hertz.
    /// - Returns: The delay in samples.
    public func groupDelay(atHertz frequency: Double) -> Double {
        // -dφ/dω, factor by factor. A zero on the unit circle counts one half at every frequency,
        // one at infinity is a delay by a sample.
        let turn = Complex(length: 1, phase: -2 * .pi * frequency / samplingRate.hertz)
        let ofZeros = zeros.reduce(0) { delay, zero in
            if !zero.isFinite { return delay + 1 }
            if abs(zero.length - 1) < 1e-9 { return delay + 0.5 }
            return delay - (zero * turn / (1 - zero * turn)).real
        }
        return poles.reduce(ofZeros) { delay, pole in
            delay + (pole * turn / (1 - pole * turn)).real
        }
    }

    /// How fast the impulse response decays in the end, in nepers a sample.
    var decayRate: Double { factors.map(\.decayRate).min() ?? .infinity }

    /// The frequencies in hertz at which a sine comes out at 1/√2 (-3 dB) of the pass band after
    /// a number of passes: the stated cut-offs after one, others after more.
    ///
    /// For a notch, the lower and the upper edge of what it takes away.
    ///
    /// - Parameter passes: At least 1.
    /// - Returns: One frequency, or two in ascending order.
    package func halfPowerCutoffs(passes: Int) -> [Double] {
        precondition(passes >= 1, "a filter passes at least once, got \(passes)")
        // One pass gives 1 / (1 + W²ⁿ) in power, where W is 1 at the cut-off.
        let ratio = pow(pow(2, 1 / Double(passes)) - 1, 1 / Double(2 * order))
        let rate = samplingRate.hertz
        switch shape {
        case .lowPass(let cutoff):
            return [hertz(tanPi(cutoff / rate) * ratio)]
        case .highPass(let cutoff):
            return [hertz(tanPi(cutoff / rate) / ratio)]
        case .bandPass(let low, let high):
            return edges(of: .init(low: low / rate, high: high / rate), widened: ratio)
        case .bandStop(let low, let high):
            return edges(of: .init(low: low / rate, high: high / rate), widened: 1 / ratio)
        case .notch(let center, let bandwidth):
            return edges(
                of: .init(center: center / rate, bandwidth: bandwidth / rate), widened: 1 / ratio)
        case .comb(let fundamental, let bandwidth):
            // |H|² = T² / (T² + β²) with T = tan(π·f / fundamental) and β the T of half a width.
            let edge = tanPi(bandwidth / 2 / fundamental) / ratio
            let half = atan(edge) / .pi * fundamental
            return [fundamental - half, fundamental + half]
        case .other:
            return ResponseCrossings.find(level: pow(2, -0.5 / Double(passes)), rate: rate) {
                magnitude(atHertz: $0)
            }
        }
    }

    private func edges(of band: BilinearSection.Band, widened factor: Double) -> [Double] {
        let edges = band.edges(widened: factor)
        return [hertz(edges.low), hertz(edges.high)]
    }

    private func hertz(_ tangent: Double) -> Double {
        atan(tangent) / .pi * samplingRate.hertz
    }
}
