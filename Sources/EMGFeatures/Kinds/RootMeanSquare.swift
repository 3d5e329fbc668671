package import Documents

/// Root mean square: √((1/N) Σ xₙ²).
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
package struct RootMeanSquare: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "rms"
    /// The name spelled out.
    package static let fullName = "root mean square"
    /// What it computes.
    package static let documentation =
        "Root mean square: √((1/N) Σ xₙ²)."
    /// The unit of its value.
    package static let unit = FeatureUnit.signal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        (shared.sums.square / Double(window.count)).squareRoot()
    }
}

extension Feature where Self == RootMeanSquare {
    /// Root mean square: √((1/N) Σ xₙ²).
    package static var rms: RootMeanSquare { RootMeanSquare() }
}
