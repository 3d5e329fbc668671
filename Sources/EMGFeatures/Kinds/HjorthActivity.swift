public import Documents

/// Hjorth's activity: the variance.
///
/// Source: B. Hjorth, Electroencephalogr. Clin. Neurophysiol. 29 (1970) 306–310.
public struct HjorthActivity: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "act"
    /// The name spelled out.
    public static let fullName = "Hjorth's activity"
    /// What it computes.
    public static let documentation =
        "Hjorth's activity: the variance."
    /// The unit of its value.
    public static let unit = FeatureUnit.squaredSignal
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.variance
    }
}

extension Feature where Self == HjorthActivity {
    /// Hjorth's activity: the variance.
    public static var activity: HjorthActivity { HjorthActivity() }
}
