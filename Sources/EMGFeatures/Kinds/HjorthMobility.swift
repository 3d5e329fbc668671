public import Documents

/// Hjorth's mobility: √(Σ (xₙ − xₙ₋₁)² / Σ xₙ²), as for a signal around zero.
///
/// Source: B. Hjorth, Electroencephalogr. Clin. Neurophysiol. 29 (1970) 306–310, as LibEMG has it.
public struct HjorthMobility: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "mob"
    /// The name spelled out.
    public static let fullName = "Hjorth's mobility"
    /// What it computes.
    public static let documentation =
        "Hjorth's mobility: √(Σ (xₙ − xₙ₋₁)² / Σ xₙ²), as for a signal around zero."
    /// The unit of its value.
    public static let unit = FeatureUnit.none
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        (shared.sums.stepSquare / shared.sums.square).squareRoot()
    }
}

extension Feature where Self == HjorthMobility {
    /// Hjorth's mobility: √(Σ (xₙ − xₙ₋₁)² / Σ xₙ²), as for a signal around zero.
    public static var mobility: HjorthMobility { HjorthMobility() }
}
