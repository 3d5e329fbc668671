public import Documents

/// Integrated absolute value: Σ |xₙ|.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
public struct IntegratedAbsoluteValue: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "iav"
    /// The name spelled out.
    public static let fullName = "integrated absolute value"
    /// What it computes.
    public static let documentation =
        "Integrated absolute value: Σ |xₙ|."
    /// The unit of its value.
    public static let unit = FeatureUnit.signal
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.magnitude
    }
}

extension Feature where Self == IntegratedAbsoluteValue {
    /// Integrated absolute value: Σ |xₙ|.
    public static var iav: IntegratedAbsoluteValue { IntegratedAbsoluteValue() }
}
