package import Documents

/// Integrated absolute value: Σ |xₙ|.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
package struct IntegratedAbsoluteValue: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "iav"
    /// The name spelled out.
    package static let fullName = "integrated absolute value"
    /// What it computes.
    package static let documentation =
        "Integrated absolute value: Σ |xₙ|."
    /// The unit of its value.
    package static let unit = FeatureUnit.signal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.magnitude
    }
}

extension Feature where Self == IntegratedAbsoluteValue {
    /// Integrated absolute value: Σ |xₙ|.
    package static var iav: IntegratedAbsoluteValue { IntegratedAbsoluteValue() }
}
