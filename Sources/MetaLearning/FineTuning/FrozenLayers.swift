package import Documents

/// The last layers are fine-tuned, and those before them stay as they are.
package struct FrozenLayers: FineTuning, Hashable {
    /// The rate of its steps, from 10⁻¹² to 100; `nil` for that of `inner`.
    package var learningRate: Double?
    /// How many layers at the end are fine-tuned, from 1 to 1,000.
    package var layers = 1

    /// At the rate of `inner`.
    package init() {}

    /// `frozen_layers`.
    package static let key = "frozen_layers"
    /// What it is.
    package static let documentation = "The last layers alone."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .ownRate(\.learningRate),
        Field(
            "layers", \.layers, .integer(in: 1...1_000),
            "How many layers at the end are fine-tuned."),
    ]

    /// The last layers.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.adaptedPart = .lastLayers(layers)
        return settings
    }
}
