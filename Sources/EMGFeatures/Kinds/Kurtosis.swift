public import Documents

/// Kurtosis: (1/N) Σ (xₙ − x̄)⁴ / σ⁴; 3 for a normal distribution.
///
/// Source: the fourth standardized moment.
public struct Kurtosis: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "kurt"
    /// The name spelled out.
    public static let fullName = "kurtosis"
    /// What it computes.
    public static let documentation =
        "Kurtosis: (1/N) Σ (xₙ − x̄)⁴ / σ⁴; 3 for a normal distribution."
    /// The unit of its value.
    public static let unit = FeatureUnit.none
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        WindowMoments(window, sums: shared.sums).kurtosis
    }
}

extension Feature where Self == Kurtosis {
    /// Kurtosis: (1/N) Σ (xₙ − x̄)⁴ / σ⁴; 3 for a normal distribution.
    public static var kurtosis: Kurtosis { Kurtosis() }
}
