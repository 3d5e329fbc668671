public import Documents

/// Skewness: (1/N) Σ (xₙ − x̄)³ / σ³.
///
/// Source: the third standardized moment.
public struct Skewness: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "skew"
    /// The name spelled out.
    public static let fullName = "skewness"
    /// What it computes.
    public static let documentation =
        "Skewness: (1/N) Σ (xₙ − x̄)³ / σ³."
    /// The unit of its value.
    public static let unit = FeatureUnit.none
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        WindowMoments(window, sums: shared.sums).skewness
    }
}

extension Feature where Self == Skewness {
    /// Skewness: (1/N) Σ (xₙ − x̄)³ / σ³.
    public static var skewness: Skewness { Skewness() }
}
