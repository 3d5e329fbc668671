public import Documents
private import Foundation

/// Maximum fractal length: log₁₀ of the waveform length.
///
/// Source: S. P. Arjunan, D. K. Kumar, J. NeuroEng. Rehabil. 7 (2010) 53, as LibEMG has it.
public struct MaximumFractalLength: ScalarFeature {
    /// The feature.
    public init() {}

    /// The short name in lists and documents.
    public static let key = "mfl"
    /// The name spelled out.
    public static let fullName = "maximum fractal length"
    /// What it computes.
    public static let documentation =
        "Maximum fractal length: log₁₀ of the waveform length."
    /// The unit of its value.
    public static let unit = FeatureUnit.logarithm
    /// It has no parameters.
    public static let fields: Fields<Self> = []

    /// The value for a window.
    public func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        log10(shared.sums.waveformLength)
    }
}

extension Feature where Self == MaximumFractalLength {
    /// Maximum fractal length: log₁₀ of the waveform length.
    public static var maximumFractalLength: MaximumFractalLength { MaximumFractalLength() }
}
