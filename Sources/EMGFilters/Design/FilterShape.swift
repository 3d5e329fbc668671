private import FFTW

/// What a filter lets through, with the cut-offs its user stated, in hertz.
public enum FilterShape: Sendable, Hashable {
    /// Everything below a cut-off.
    case lowPass(cutoff: Double)
    /// Everything above a cut-off.
    case highPass(cutoff: Double)
    /// Everything between two cut-offs.
    case bandPass(low: Double, high: Double)
    /// Everything but what is between two cut-offs.
    case bandStop(low: Double, high: Double)
    /// Everything but one frequency; the bandwidth is that between the -3 dB points of one pass.
    case notch(center: Double, bandwidth: Double)
    /// Everything but 0 Hz and the multiples of a frequency, with one width for all.
    case comb(fundamental: Double, bandwidth: Double)
    /// What a package outside has designed, with its cut-offs where it has some.
    case other(name: String, cutoffs: [Double])

    /// The cut-offs as stated; for a notch, its center.
    public var statedCutoffs: [Double] {
        switch self {
        case .lowPass(let cutoff), .highPass(let cutoff): [cutoff]
        case .bandPass(let low, let high), .bandStop(let low, let high): [low, high]
        case .notch(let center, _), .comb(let center, _): [center]
        case .other(_, let cutoffs): cutoffs
        }
    }

    /// The shape in words, for example `band-pass 20-450 Hz`.
    public var name: String {
        switch self {
        case .lowPass(let cutoff): "low-pass \(cutoff.plain) Hz"
        case .highPass(let cutoff): "high-pass \(cutoff.plain) Hz"
        case .bandPass(let low, let high): "band-pass \(low.plain)-\(high.plain) Hz"
        case .bandStop(let low, let high): "band-stop \(low.plain)-\(high.plain) Hz"
        case .notch(let center, _): "notch \(center.plain) Hz"
        case .comb(let fundamental, _): "comb \(fundamental.plain) Hz"
        case .other(let name, _): name
        }
    }
}

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
