package import Documents
private import Foundation

/// Maximum fractal length: log₁₀ of the waveform length.
///
/// Source: S. P. Arjunan, D. K. Kumar, J. NeuroEng. Rehabil. 7 (2010) 53, as LibEMG has it.
package struct MaximumFractalLength: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "mfl"
    /// The name spelled out.
    package static let fullName = "maximum fractal length"
    /// What it computes.
    package static let documentation =
        "Maximum fractal length: log₁₀ of the waveform length."
    /// The unit of its value.
    package static let unit = FeatureUnit.logarithm
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        log10(shared.sums.waveformLength)
    }
}

extension Feature where Self == MaximumFractalLength {
    /// Maximum fractal length: log₁₀ of the waveform length.
    package static var maximumFractalLength: MaximumFractalLength { MaximumFractalLength() }
}
