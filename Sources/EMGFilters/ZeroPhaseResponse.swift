internal import FFTW

/// Neighboring filters as one: the product of their squared magnitudes, which is what running
/// each of them forward and backward multiplies every frequency by.
final class ZeroPhaseResponse: Sendable {
    /// The factors of the transfer functions of all the filters.
    private let factors: [BilinearSection]
    /// Beyond how many samples, on each side, the impulse response is left out: what is cut off
    /// sums to less than 10⁻¹¹ of the whole.
    let reach: Int
    /// What a constant is multiplied by.
    let constantGain: Double

    private let cache: LengthCache<[Double]>

    /// The level of what may be cut off.
    static let truncationLevel = 1e-11

    /// Fuses filters.
    ///
    /// - Parameter designs: At least one, all for one sampling rate.
    init(_ designs: [FilterDesign]) {
        let factors = designs.flatMap(\.factors)
        self.factors = factors
        constantGain = Self.gain(factors, fraction: 0)
        reach = ImpulseReach(
            SecondOrderSections(stable: factors.map(\.digital)),
            decayRate: factors.map(\.decayRate).min() ?? .infinity, isZeroPhase: true
        ).samples(toLevel: Self.truncationLevel)
        cache = LengthCache(capacity: 4) { length in
            (0...length / 2).map { bin in
                Self.gain(factors, fraction: Double(bin) / Double(length)) / Double(length)
            }
        }
    }

    /// The response at the bins `0...length / 2` of a transform, divided by its length, which
    /// makes up for the transforms that do not divide.
    func scaledGains(length: Int) -> [Double] { cache.value(length: length) }

    private static func gain(_ factors: [BilinearSection], fraction: Double) -> Double {
        let (sine, cosine) = (sinPi(fraction), cosPi(fraction))
        return factors.reduce(1) { $0 * $1.squaredMagnitude(sine: sine, cosine: cosine) }
    }
}
