public import Documents

/// Variance: (1/N) Σ (xₙ − x̄)², of the population.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
public struct Variance: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "var"
    /// The name spelled out.
    public static let fullName = "variance"
    /// What it computes.
    public static let documentation =
        "Variance: (1/N) Σ (xₙ − x̄)², of the population."
    /// The unit of its value.
    public static let unit = FeatureUnit.squaredSignal
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.variance
    }
}

extension Feature where Self == Variance {
    /// Variance: (1/N) Σ (xₙ − x̄)², of the population.
    public static var variance: Variance { Variance() }
}
