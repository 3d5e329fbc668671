package import Documents

/// Skewness: (1/N) Σ (xₙ − x̄)³ / σ³.
///
/// Source: the third standardized moment.
package struct Skewness: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "skew"
    /// The name spelled out.
    package static let fullName = "skewness"
    /// What it computes.
    package static let documentation =
        "Skewness: (1/N) Σ (xₙ − x̄)³ / σ³."
    /// The unit of its value.
    package static let unit = FeatureUnit.none
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        WindowMoments(window, sums: shared.sums).skewness
    }
}

extension Feature where Self == Skewness {
    /// Skewness: (1/N) Σ (xₙ − x̄)³ / σ³.
    package static var skewness: Skewness { Skewness() }
}
