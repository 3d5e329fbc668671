package import Documents

/// Hjorth's mobility: √(Σ (xₙ − xₙ₋₁)² / Σ xₙ²), as for a signal around zero.
///
/// Source: B. Hjorth, Electroencephalogr. Clin. Neurophysiol. 29 (1970) 306–310, as LibEMG has it.
package struct HjorthMobility: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "mob"
    /// The name spelled out.
    package static let fullName = "Hjorth's mobility"
    /// What it computes.
    package static let documentation =
        "Hjorth's mobility: √(Σ (xₙ − xₙ₋₁)² / Σ xₙ²), as for a signal around zero."
    /// The unit of its value.
    package static let unit = FeatureUnit.none
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        (shared.sums.stepSquare / shared.sums.square).squareRoot()
    }
}

extension Feature where Self == HjorthMobility {
    /// Hjorth's mobility: √(Σ (xₙ − xₙ₋₁)² / Σ xₙ²), as for a signal around zero.
    package static var mobility: HjorthMobility { HjorthMobility() }
}
