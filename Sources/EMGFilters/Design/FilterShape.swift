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
    package var statedCutoffs: [Double] {
        switch self {
        case .lowPass(let cutoff), .highPass(let cutoff): [cutoff]
        case .bandPass(let low, let high), .bandStop(let low, let high): [low, high]
        case .notch(let center, _), .comb(let center, _): [center]
        case .other(_, let cutoffs): cutoffs
        }
    }

    /// The shape in words, for example `band-pass 20-450 Hz`.
    package var name: String {
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
