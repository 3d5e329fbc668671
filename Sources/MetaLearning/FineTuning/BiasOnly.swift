package import Documents

/// Biases are fine-tuned, and weights stay as they are (Ben Zaken, Ravfogel and Goldberg, "BitFit",
/// 2022).
package struct BiasOnly: FineTuning, Hashable {
    /// The rate of its steps, from 10⁻¹² to 100; `nil` for that of `inner`.
    package var learningRate: Double?

    /// At the rate of `inner`.
    package init() {}

    /// `bias_only`.
    package static let key = "bias_only"
    /// What it is.
    package static let documentation = "Biases alone."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .ownRate(\.learningRate)
    ]

    /// The biases.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.adaptedPart = .tensors(endingIn: ["bias"])
        return settings
    }
}
