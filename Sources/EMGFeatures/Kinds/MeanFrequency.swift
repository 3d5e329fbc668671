public import Documents

/// Mean frequency: Σ fₖPₖ / Σ Pₖ over the bins of the power spectrum.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
public struct MeanFrequency: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "mnf"
    /// The name spelled out.
    public static let fullName = "mean frequency"
    /// What it computes.
    public static let documentation =
        "Mean frequency: Σ fₖPₖ / Σ Pₖ over the bins of the power spectrum."
    /// The unit of its value.
    public static let unit = FeatureUnit.hertz
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The power spectrum.
    public var needs: Set<SharedNumber> { [.spectrum] }

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.power.meanFrequency
    }
}

extension Feature where Self == MeanFrequency {
    /// Mean frequency: Σ fₖPₖ / Σ Pₖ over the bins of the power spectrum.
    public static var meanFrequency: MeanFrequency { MeanFrequency() }
}
