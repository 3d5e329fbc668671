public import Documents

/// Median frequency: the frequency of the bin in which half of the power is reached.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
public struct MedianFrequency: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "mdf"
    /// The name spelled out.
    public static let fullName = "median frequency"
    /// What it computes.
    public static let documentation =
        "Median frequency: the frequency of the bin in which half of the power is reached."
    /// The unit of its value.
    public static let unit = FeatureUnit.hertz
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The power spectrum.
    public var needs: Set<SharedNumber> { [.spectrum] }

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.power.medianFrequency
    }
}

extension Feature where Self == MedianFrequency {
    /// Median frequency: the frequency of the bin in which half of the power is reached.
    public static var medianFrequency: MedianFrequency { MedianFrequency() }
}
