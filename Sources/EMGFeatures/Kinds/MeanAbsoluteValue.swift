package import Documents

/// Mean absolute value: (1/N) Σ |xₙ|.
///
/// Source: B. Hudgins, P. Parker, R. N. Scott, IEEE Trans. Biomed. Eng. 40 (1993) 82–94.
package struct MeanAbsoluteValue: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "mav"
    /// The name spelled out.
    package static let fullName = "mean absolute value"
    /// What it computes.
    package static let documentation =
        "Mean absolute value: (1/N) Σ |xₙ|."
    /// The unit of its value.
    package static let unit = FeatureUnit.signal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.magnitude / Double(window.count)
    }
}

extension Feature where Self == MeanAbsoluteValue {
    /// Mean absolute value: (1/N) Σ |xₙ|.
    package static var mav: MeanAbsoluteValue { MeanAbsoluteValue() }
}
