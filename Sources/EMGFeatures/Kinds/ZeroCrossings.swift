package import Documents

/// Zero crossings: how often neighbors have different signs and are at least a threshold apart,
/// `xₙ₋₁·xₙ < 0` and `|xₙ₋₁ − xₙ| ≥ threshold`. A sample of exactly 0 has no sign and ends no
/// change, as LibEMG has it.
///
/// Source: B. Hudgins, P. Parker, R. N. Scott, IEEE Trans. Biomed. Eng. 40 (1993) 82–94.
package struct ZeroCrossings: CountingFeature {
    /// How far apart neighbors must be, in the signal's unit, at least 0.
    package var threshold: Double

    /// Every change of sign.
    package init() {
        self.init(threshold: 0)
    }

    /// Changes of sign between neighbors that are far apart.
    ///
    /// - Parameter threshold: How far, in the signal's unit, at least 0.
    package init(threshold: Double) {
        self.threshold = threshold
    }

    /// The short name in lists and documents.
    package static let key = "zc"
    /// The name spelled out.
    package static let fullName = "zero crossings"
    /// What it computes.
    package static let documentation =
        "Zero crossings: neighbors of different signs that are at least the threshold apart."
    /// The parameters.
    package static let fields: Fields<Self> = [
        .threshold(\.threshold, "How far apart neighbors must be, in the signal's unit.")
    ]
    /// `zc:0.01` sets the threshold.
    package static let mainField: String? = "threshold"
    /// A sample and the one before.
    package static let reach = -1...0

    /// Whether the sign changes at a sample.
    package func counts(_ signal: Span<Double>, at index: Int) -> Bool {
        let (before, sample) = unsafe (signal[unchecked: index - 1], signal[unchecked: index])
        return before * sample < 0 && abs(before - sample) >= threshold
    }
}

extension Feature where Self == ZeroCrossings {
    /// Zero crossings between neighbors that are at least a threshold apart.
    ///
    /// - Parameter threshold: In the signal's unit, at least 0.
    /// - Returns: The feature.
    package static func zeroCrossings(threshold: Double = 0) -> ZeroCrossings {
        ZeroCrossings(threshold: threshold)
    }
}
