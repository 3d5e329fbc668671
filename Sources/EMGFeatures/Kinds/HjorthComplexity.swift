package import Documents

/// Hjorth's complexity: the mobility of the steps over that of the samples,
/// `√(var(x″)/var(x′)) / √(var(x′)/var(x))`, means taken off.
///
/// Source: B. Hjorth, Electroencephalogr. Clin. Neurophysiol. 29 (1970) 306–310.
package struct HjorthComplexity: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "comp"
    /// The name spelled out.
    package static let fullName = "Hjorth's complexity"
    /// What it computes.
    package static let documentation =
        "Hjorth's complexity: the mobility of the steps over that of the samples, means taken off."
    /// The unit of its value.
    package static let unit = FeatureUnit.none
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        let steps = (1..<window.count).map { window[$0] - window[$0 - 1] }
        let turns = (1..<steps.count).map { steps[$0] - steps[$0 - 1] }
        let stepVariance = Self.variance(steps)
        let mobility = (stepVariance / shared.sums.variance).squareRoot()
        return (Self.variance(turns) / stepVariance).squareRoot() / mobility
    }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
}

extension Feature where Self == HjorthComplexity {
    /// The mobility of the steps over that of the samples.
    package static var complexity: HjorthComplexity { HjorthComplexity() }
}
