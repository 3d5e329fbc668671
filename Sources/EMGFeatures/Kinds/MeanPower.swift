package import Documents

/// Mean power: the mean of the bins' squared magnitudes over the squared window length.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
package struct MeanPower: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "mnp"
    /// The name spelled out.
    package static let fullName = "mean power"
    /// What it computes.
    package static let documentation =
        "Mean power: the mean of the bins' squared magnitudes over the squared window length."
    /// The unit of its value.
    package static let unit = FeatureUnit.squaredSignal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The power spectrum.
    package var needs: Set<SharedNumber> { [.spectrum] }

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.power.mean
    }
}

extension Feature where Self == MeanPower {
    /// Mean power: the mean of the bins' squared magnitudes over the squared window length.
    package static var meanPower: MeanPower { MeanPower() }
}
