package import Documents

/// Median frequency: the frequency of the bin in which half of the power is reached.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431.
package struct MedianFrequency: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "mdf"
    /// The name spelled out.
    package static let fullName = "median frequency"
    /// What it computes.
    package static let documentation =
        "Median frequency: the frequency of the bin in which half of the power is reached."
    /// The unit of its value.
    package static let unit = FeatureUnit.hertz
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The power spectrum.
    package var needs: Set<SharedNumber> { [.spectrum] }

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.power.medianFrequency
    }
}

extension Feature where Self == MedianFrequency {
    /// Median frequency: the frequency of the bin in which half of the power is reached.
    package static var medianFrequency: MedianFrequency { MedianFrequency() }
}
