package import Documents
private import Foundation

/// Log detector: exp((1/N) Σ ln(|xₙ| + 1)); the 1 makes it depend on the unit.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431, with LibEMG's 1.
package struct LogDetector: ScalarFeature {
    /// The feature.
    package init() {}

    /// The short name in lists and documents.
    package static let key = "ld"
    /// The name spelled out.
    package static let fullName = "log detector"
    /// What it computes.
    package static let documentation =
        "Log detector: exp((1/N) Σ ln(|xₙ| + 1)); the 1 makes it depend on the unit."
    /// The unit of its value.
    package static let unit = FeatureUnit.signal
    /// It has no parameters.
    package static let fields: Fields<Self> = []

    /// The sum of logarithms.
    package var needs: Set<SharedNumber> { [.logarithms] }

    /// The value for a window.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        exp(shared.logarithmSum / Double(window.count))
    }
}

extension Feature where Self == LogDetector {
    /// Log detector: exp((1/N) Σ ln(|xₙ| + 1)); the 1 makes it depend on the unit.
    package static var logDetector: LogDetector { LogDetector() }
}
