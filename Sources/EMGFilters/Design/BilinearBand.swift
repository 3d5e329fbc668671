private import FFTW

/// The edges of a band in the plane of the bilinear transform (``BilinearSection``).
struct BilinearBand: Sendable, Hashable {
    /// The distance between the edges, Ω₂ - Ω₁.
    let width: Double
    /// The product of the edges, Ω₁·Ω₂.
    let centerSquared: Double

    /// The band from `low` to `high`, both as fractions of the sampling rate.
    ///
    /// The width is taken from the difference of the frequencies, so that a narrow band at a high
    /// frequency keeps its digits: tan a - tan b = sin(a - b) / (cos a · cos b).
    init(low: Double, high: Double) {
        width = sinPi(high - low) / (cosPi(low) * cosPi(high))
        centerSquared = tanPi(low) * tanPi(high)
    }

    /// The band of a notch, both as fractions of the sampling rate: the width between its -3 dB
    /// points is `bandwidth` exactly, on the unit circle and not just for narrow notches.
    init(center: Double, bandwidth: Double) {
        let cosine = cosPi(center)
        width = tanPi(bandwidth) / (cosine * cosine)
        let tangent = tanPi(center)
        centerSquared = tangent * tangent
    }

    /// The two edges where the band is `factor` times as wide, around the same center.
    func edges(widened factor: Double) -> (low: Double, high: Double) {
        let half = width * factor / 2
        let high = half + (half * half + centerSquared).squareRoot()
        return (centerSquared / high, high)
    }
}
