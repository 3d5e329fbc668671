public import Documents

/// Waveform length: Σ |xₙ − xₙ₋₁|.
///
/// Source: B. Hudgins, P. Parker, R. N. Scott, IEEE Trans. Biomed. Eng. 40 (1993) 82–94.
public struct WaveformLength: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "wl"
    /// The name spelled out.
    public static let fullName = "waveform length"
    /// What it computes.
    public static let documentation =
        "Waveform length: Σ |xₙ − xₙ₋₁|."
    /// The unit of its value.
    public static let unit = FeatureUnit.signal
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        shared.sums.waveformLength
    }
}

extension Feature where Self == WaveformLength {
    /// Waveform length: Σ |xₙ − xₙ₋₁|.
    public static var waveformLength: WaveformLength { WaveformLength() }
}
