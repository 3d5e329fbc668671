package import Documents

/// Willison amplitude: how many steps between neighbors exceed a threshold,
/// `|xₙ − xₙ₋₁| > threshold`.
///
/// Source: R. G. Willison, J. Neurol. Neurosurg. Psychiatry 27 (1964) 386–394.
package struct WillisonAmplitude: CountingFeature {
    /// What a step must exceed, in the signal's unit, at least 0.
    package var threshold: Double

    /// A feature whose threshold is still to be set.
    package init() {
        self.init(threshold: 0)
    }

    /// Steps that exceed a threshold.
    ///
    /// - Parameter threshold: In the signal's unit, at least 0.
    package init(threshold: Double) {
        self.threshold = threshold
    }

    /// The short name in lists and documents.
    package static let key = "wamp"
    /// The name spelled out.
    package static let fullName = "Willison amplitude"
    /// What it computes.
    package static let documentation =
        "Willison amplitude: steps between neighbors whose magnitude exceeds the threshold."
    /// The parameters.
    package static let fields: Fields<Self> = [
        .threshold(
            \.threshold, "What a step must exceed, in the signal's unit.", isRequired: true)
    ]
    /// `wamp:0.01` sets the threshold.
    package static let mainField: String? = "threshold"
    /// A sample and the one before.
    package static let reach = -1...0

    /// Whether the step to a sample exceeds the threshold.
    package func counts(_ signal: Span<Double>, at index: Int) -> Bool {
        unsafe abs(signal[unchecked: index] - signal[unchecked: index - 1]) > threshold
    }
}

extension Feature where Self == WillisonAmplitude {
    /// Steps between neighbors that exceed a threshold.
    ///
    /// - Parameter threshold: In the signal's unit, at least 0.
    /// - Returns: The feature.
    package static func willisonAmplitude(threshold: Double) -> WillisonAmplitude {
        WillisonAmplitude(threshold: threshold)
    }
}
