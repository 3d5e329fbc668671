package import Documents

/// Difference absolute standard deviation value: √((1/(N − 1)) Σ (xₙ − xₙ₋₁)²).
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
package struct DifferenceDeviation: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "dasdv"
    /// The name spelled out.
    package static let fullName = "difference absolute standard deviation value"
    /// What it computes.
    package static let documentation =
        "Difference absolute standard deviation value: √((1/(N − 1)) Σ (xₙ − xₙ₋₁)²)."
    /// The unit of its value.
    package static let unit = FeatureUnit.signal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        (shared.sums.stepSquare / Double(window.count - 1)).squareRoot()
    }
}

extension Feature where Self == DifferenceDeviation {
    /// Difference absolute standard deviation value: √((1/(N − 1)) Σ (xₙ − xₙ₋₁)²).
    package static var dasdv: DifferenceDeviation { DifferenceDeviation() }
}
