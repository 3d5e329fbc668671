package import Documents

/// Waveform length: Σ |xₙ − xₙ₋₁|.
///
/// Source: B. Hudgins, P. Parker, R. N. Scott, IEEE Trans. Biomed. Eng. 40 (1993) 82–94.
package struct WaveformLength: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "wl"
    /// The name spelled out.
    package static let fullName = "waveform length"
    /// What it computes.
    package static let documentation =
        "Waveform length: Σ |xₙ − xₙ₋₁|."
    /// The unit of its value.
    package static let unit = FeatureUnit.signal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.waveformLength
    }
}

extension Feature where Self == WaveformLength {
    /// Waveform length: Σ |xₙ − xₙ₋₁|.
    package static var waveformLength: WaveformLength { WaveformLength() }
}
