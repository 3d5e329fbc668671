package import Documents

/// Mean frequency: Σ fₖPₖ / Σ Pₖ over the bins of the power spectrum.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
package struct MeanFrequency: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "mnf"
    /// The name spelled out.
    package static let fullName = "mean frequency"
    /// What it computes.
    package static let documentation =
        "Mean frequency: Σ fₖPₖ / Σ Pₖ over the bins of the power spectrum."
    /// The unit of its value.
    package static let unit = FeatureUnit.hertz
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The power spectrum.
    package var needs: Set<SharedNumber> { [.spectrum] }

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.power.meanFrequency
    }
}

extension Feature where Self == MeanFrequency {
    /// Mean frequency: Σ fₖPₖ / Σ Pₖ over the bins of the power spectrum.
    package static var meanFrequency: MeanFrequency { MeanFrequency() }
}
