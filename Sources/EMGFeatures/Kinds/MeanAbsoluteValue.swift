public import Documents

/// Mean absolute value: (1/N) Σ |xₙ|.
///
/// Source: B. Hudgins, P. Parker, R. N. Scott, IEEE Trans. Biomed. Eng. 40 (1993) 82–94.
public struct MeanAbsoluteValue: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "mav"
    /// The name spelled out.
    public static let fullName = "mean absolute value"
    /// What it computes.
    public static let documentation =
        "Mean absolute value: (1/N) Σ |xₙ|."
    /// The unit of its value.
    public static let unit = FeatureUnit.signal
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.magnitude / Double(window.count)
    }
}

extension Feature where Self == MeanAbsoluteValue {
    /// Mean absolute value: (1/N) Σ |xₙ|.
    public static var mav: MeanAbsoluteValue { MeanAbsoluteValue() }
}
