public import Documents

/// Difference absolute standard deviation value: √((1/(N − 1)) Σ (xₙ − xₙ₋₁)²).
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
public struct DifferenceDeviation: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "dasdv"
    /// The name spelled out.
    public static let fullName = "difference absolute standard deviation value"
    /// What it computes.
    public static let documentation =
        "Difference absolute standard deviation value: √((1/(N − 1)) Σ (xₙ − xₙ₋₁)²)."
    /// The unit of its value.
    public static let unit = FeatureUnit.signal
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        (shared.sums.stepSquare / Double(window.count - 1)).squareRoot()
    }
}

extension Feature where Self == DifferenceDeviation {
    /// Difference absolute standard deviation value: √((1/(N − 1)) Σ (xₙ − xₙ₋₁)²).
    public static var dasdv: DifferenceDeviation { DifferenceDeviation() }
}
