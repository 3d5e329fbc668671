public import Documents

/// Willison amplitude: how many steps between neighbors exceed a threshold,
/// `|xₙ − xₙ₋₁| > threshold`.
///
/// Source: R. G. Willison, J. Neurol. Neurosurg. Psychiatry 27 (1964) 386–394.
public struct WillisonAmplitude: CountingFeature {
    /// What a step must exceed, in the signal's unit, at least 0.
    public var threshold: Double

    /// A feature whose threshold is still to be set.
    public init() {
        self.init(threshold: 0)
    }

    /// Steps that exceed a threshold.
    ///
    /// - Parameter threshold: In the signal's unit, at least 0.
    public init(threshold: Double) {
        self.threshold = threshold
    }

    /// The short name in lists and documents.
    public static let key = "wamp"
    /// The name spelled out.
    public static let fullName = "Willison amplitude"
    /// What it computes.
    public static let documentation =
        "Willison amplitude: steps between neighbors whose magnitude exceeds the threshold."
    /// The parameters.
    public static let fields: Fields<Self> = [
        .threshold(
            \.threshold, "What a step must exceed, in the signal's unit.", isRequired: true)
    ]
    /// `wamp:0.01` sets the threshold.
    public static let mainField: String? = "threshold"
    /// A sample and the one before.
    public static let reach = -1...0

    /// Whether the step to a sample exceeds the threshold.
    public func counts(_ signal: Span<Double>, at index: Int) -> Bool {
        unsafe abs(signal[unchecked: index] - signal[unchecked: index - 1]) > threshold
    }
}

extension Feature where Self == WillisonAmplitude {
    /// Steps between neighbors that exceed a threshold.
    ///
    /// - Parameter threshold: In the signal's unit, at least 0.
    /// - Returns: The feature.
    public static func willisonAmplitude(threshold: Double) -> WillisonAmplitude {
        WillisonAmplitude(threshold: threshold)
    }
}
