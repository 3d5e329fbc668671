internal import FFTW

/// Neighboring filters as one: the product of the squared magnitudes of the recursive ones, which
/// is what running each of them forward and backward multiplies every frequency by, and of the
/// responses of the FIR ones with their delays removed.
final class ZeroPhaseResponse: Sendable {
    /// The factors of the transfer functions of all the IIR filters.
    private let factors: [BilinearSection]
    private let fir: [FIRDesign]
    /// Beyond how many samples, on each side, the impulse response is left out.
    let reach: Int
    /// What a constant is multiplied by.
    let constantGain: Double

    /// A lower rate that it may run at.
    let reduction: RateReduction?

    private let cache: LengthCache<[Double]>
    private let reducedCache: LengthCache<[Double]>

    /// The level of what may be cut off in double precision: it sums to less than this share of
    /// the whole.
    static let truncationLevel = 1e-11
    /// The same in single precision.
    static let singleTruncationLevel = 1e-8

    /// Fuses filters.
    ///
    /// - Parameters:
    ///   - designs: IIR filters.
    ///   - fir: FIR ones; at least one of both, all for one sampling rate.
    ///   - level: What share of the response may be cut off.
    init(
        _ designs: [FilterDesign], fir: [FIRDesign] = [], level: Double = truncationLevel
    ) {
        let factors = designs.flatMap(\.factors)
        self.factors = factors
        self.fir = fir
        constantGain =
            Self.gain(factors, fraction: 0) * fir.reduce(1) { $0 * $1.amplitude(atHertz: 0) }
        let recursive =
            factors.isEmpty
            ? 0
            : ImpulseReach(
                SecondOrderSections(stable: factors.map(\.digital)),
                decayRate: factors.map(\.decayRate).min() ?? .infinity, isZeroPhase: true
            ).samples(toLevel: level)
        reach = recursive + fir.reduce(0) { $0 + $1.groupDelay }
        let reduction =
            fir.isEmpty
            ? RateReduction(level: level) { Self.gain(factors, fraction: $0) } : nil
        self.reduction = reduction
        reducedCache = LengthCache(capacity: 4) { length in
            guard let reduction else { return [] }
            let factor = Double(reduction.factor)
            return (0...length / 2).map { bin in
                let fraction = Double(bin) / (Double(length) * factor)
                let weights = reduction.gain(fraction)
                return Self.gain(factors, fraction: fraction) * factor
                    / (Double(length) * weights * weights)
            }
        }
        cache = LengthCache(capacity: 4) { length in
            var gains = (0...length / 2).map { bin in
                Self.gain(factors, fraction: Double(bin) / Double(length)) / Double(length)
            }
            for design in fir { Self.multiply(&gains, by: design, length: length) }
            return gains
        }
    }

    /// The response at the bins `0...length / 2` of a transform, divided by its length, which
    /// makes up for the transforms that do not divide.
    func scaledGains(length: Int) -> [Double] { cache.value(length: length) }

    /// Samples on each side that the spectral engine needs: with those that the weights of the
    /// lower rate reach to.
    var neededReach: Int {
        guard let reduction else { return reach }
        let (factor, side) = (reduction.factor, reduction.reach)
        let cells = (reach + factor - 1) / factor + (side + factor - 1) / factor
        return factor * cells + side
    }

    /// The same for a transform of samples at the lower rate, between the weights on both sides.
    func scaledReducedGains(length: Int) -> [Double] { reducedCache.value(length: length) }

    private static func gain(_ factors: [BilinearSection], fraction: Double) -> Double {
        let (sine, cosine) = (sinPi(fraction), cosPi(fraction))
        return factors.reduce(1) { $0 * $1.squaredMagnitude(sine: sine, cosine: cosine) }
    }

    /// Multiplies by the response of weights, the middle one at position 0; where there are more
    /// than the transform has samples, they fold back, as the periodic signals of short segments
    /// do.
    private static func multiply(_ gains: inout [Double], by design: FIRDesign, length: Int) {
        let plan = RealFFTPlan.shared(length: length)
        var workspace = plan.makeWorkspace()
        let middle = design.groupDelay
        workspace.withSignal { signal in
            for index in signal.indices { signal[index] = 0 }
            for (index, tap) in design.taps.enumerated() {
                let position = (index - middle) % length
                signal[position < 0 ? position + length : position] += tap
            }
        }
        plan.forward(&workspace)
        workspace.withSpectrum { spectrum in
            for bin in gains.indices { gains[bin] *= spectrum[2 * bin] }
        }
    }
}
