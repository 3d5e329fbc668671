package import Documents

/// Kurtosis: (1/N) Σ (xₙ − x̄)⁴ / σ⁴; 3 for a normal distribution.
///
/// Source: the fourth standardized moment.
package struct Kurtosis: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "kurt"
    /// The name spelled out.
    package static let fullName = "kurtosis"
    /// What it computes.
    package static let documentation =
        "Kurtosis: (1/N) Σ (xₙ − x̄)⁴ / σ⁴; 3 for a normal distribution."
    /// The unit of its value.
    package static let unit = FeatureUnit.none
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        WindowMoments(window, sums: shared.sums).kurtosis
    }
}

extension Feature where Self == Kurtosis {
    /// Kurtosis: (1/N) Σ (xₙ − x̄)⁴ / σ⁴; 3 for a normal distribution.
    package static var kurtosis: Kurtosis { Kurtosis() }
}
