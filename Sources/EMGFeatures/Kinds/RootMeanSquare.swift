public import Documents

/// Root mean square: √((1/N) Σ xₙ²).
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
public struct RootMeanSquare: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "rms"
    /// The name spelled out.
    public static let fullName = "root mean square"
    /// What it computes.
    public static let documentation =
        "Root mean square: √((1/N) Σ xₙ²)."
    /// The unit of its value.
    public static let unit = FeatureUnit.signal
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        (shared.sums.square / Double(window.count)).squareRoot()
    }
}

extension Feature where Self == RootMeanSquare {
    /// Root mean square: √((1/N) Σ xₙ²).
    public static var rms: RootMeanSquare { RootMeanSquare() }
}
