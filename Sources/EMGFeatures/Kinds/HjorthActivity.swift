package import Documents

/// Hjorth's activity: the variance.
///
/// Source: B. Hjorth, Electroencephalogr. Clin. Neurophysiol. 29 (1970) 306–310.
package struct HjorthActivity: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "act"
    /// The name spelled out.
    package static let fullName = "Hjorth's activity"
    /// What it computes.
    package static let documentation =
        "Hjorth's activity: the variance."
    /// The unit of its value.
    package static let unit = FeatureUnit.squaredSignal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.variance
    }
}

extension Feature where Self == HjorthActivity {
    /// Hjorth's activity: the variance.
    package static var activity: HjorthActivity { HjorthActivity() }
}
