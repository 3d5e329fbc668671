package import Documents

/// Scales and shifts of normalizations are fine-tuned: of layer and batch normalization their weights and
/// biases, of weight normalization the lengths of weights.
package struct NormOnly: FineTuning, Hashable {
    /// The rate of its steps, from 10⁻¹² to 100; `nil` for that of `inner`.
    package var learningRate: Double?

    /// At the rate of `inner`.
    package init() {}

    /// `norm_only`.
    package static let key = "norm_only"
    /// What it is.
    package static let documentation = "Scales and shifts of normalizations alone."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .ownRate(\.learningRate)
    ]

    /// As many as a model has layers.
    private static let endings =
        ["weight_g"] + (1...64).flatMap { ["norm\($0).weight", "norm\($0).bias"] }

    /// The model, when it has normalizations.
    package func network(_ network: any Network) throws(MetaLearningError) -> any Network {
        guard !AdaptedPart.tensors(endingIn: Self.endings).ranges(of: network.parameters).isEmpty
        else {
            throw MetaLearningError(
                .incompatible(
                    expected: "a model with normalizations, such as tcn or transformer",
                    found: "model \(network.name)"),
                at: "fine_tuning norm_only", hint: "set fine_tuning.name: bias_only")
        }
        return network
    }

    /// The normalizations.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.adaptedPart = .tensors(endingIn: Self.endings)
        return settings
    }
}
