package import Documents

/// Variance: (1/N) Σ (xₙ − x̄)², of the population.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
package struct Variance: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "var"
    /// The name spelled out.
    package static let fullName = "variance"
    /// What it computes.
    package static let documentation =
        "Variance: (1/N) Σ (xₙ − x̄)², of the population."
    /// The unit of its value.
    package static let unit = FeatureUnit.squaredSignal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.variance
    }
}

extension Feature where Self == Variance {
    /// Variance: (1/N) Σ (xₙ − x̄)², of the population.
    package static var variance: Variance { Variance() }
}
