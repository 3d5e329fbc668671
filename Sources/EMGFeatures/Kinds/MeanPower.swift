public import Documents

/// Mean power: the mean of the bins' squared magnitudes over the squared window length.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
public struct MeanPower: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "mnp"
    /// The name spelled out.
    public static let fullName = "mean power"
    /// What it computes.
    public static let documentation =
        "Mean power: the mean of the bins' squared magnitudes over the squared window length."
    /// The unit of its value.
    public static let unit = FeatureUnit.squaredSignal
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The power spectrum.
    public var needs: Set<SharedNumber> { [.spectrum] }

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.power.mean
    }
}

extension Feature where Self == MeanPower {
    /// Mean power: the mean of the bins' squared magnitudes over the squared window length.
    public static var meanPower: MeanPower { MeanPower() }
}
