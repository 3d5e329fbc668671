package import Documents

/// Slope sign changes: samples that lie above or below both neighbors,
/// `(xₙ − xₙ₋₁)·(xₙ − xₙ₊₁) > threshold`; inclusive, `≥ threshold`, which counts plateaus too, as
/// LibEMG does.
///
/// Source: B. Hudgins, P. Parker, R. N. Scott, IEEE Trans. Biomed. Eng. 40 (1993) 82–94.
package struct SlopeSignChanges: CountingFeature {
    /// What the product of both steps must exceed, in the signal's unit squared, at least 0.
    package var threshold: Double
    /// Whether a product that equals the threshold counts.
    package var inclusive: Bool

    /// Every change of slope.
    package init() {
        self.init(threshold: 0)
    }

    /// Changes of slope.
    ///
    /// - Parameters:
    ///   - threshold: What the product of both steps must exceed, at least 0.
    ///   - inclusive: Whether one that equals it counts.
    package init(threshold: Double, inclusive: Bool = false) {
        self.threshold = threshold
        self.inclusive = inclusive
    }

    /// The short name in lists and documents.
    package static let key = "ssc"
    /// The name spelled out.
    package static let fullName = "slope sign changes"
    /// What it computes.
    package static let documentation =
        "Slope sign changes: samples whose steps from both neighbors, multiplied, exceed the "
        + "threshold."
    /// The parameters.
    package static let fields: Fields<Self> = [
        .threshold(
            \.threshold, "What the product of both steps must exceed, in the signal's unit squared."
        ),
        Field(
            "inclusive", \.inclusive, .boolean,
            "Whether a product that equals the threshold counts, as in LibEMG."),
    ]
    /// `ssc:0.01` sets the threshold.
    package static let mainField: String? = "threshold"
    /// A sample and both neighbors.
    package static let reach = -1...1

    /// Whether the slope changes its sign at a sample.
    package func counts(_ signal: Span<Double>, at index: Int) -> Bool {
        let product =
            unsafe (signal[unchecked: index] - signal[unchecked: index - 1])
            * (signal[unchecked: index] - signal[unchecked: index + 1])
        return product > threshold || (inclusive && product == threshold)
    }
}

extension Feature where Self == SlopeSignChanges {
    /// Samples whose steps from both neighbors, multiplied, exceed a threshold.
    ///
    /// - Parameters:
    ///   - threshold: In the signal's unit squared, at least 0.
    ///   - inclusive: Whether one that equals it counts.
    /// - Returns: The feature.
    package static func slopeSignChanges(
        threshold: Double = 0, inclusive: Bool = false
    ) -> SlopeSignChanges {
        SlopeSignChanges(threshold: threshold, inclusive: inclusive)
    }
}
