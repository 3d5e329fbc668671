package import Documents

/// What is added to each weight is fine-tuned, a product of low rank; see ``LowRankNetwork``.
package struct LowRank: FineTuning, Hashable {
    /// The rate of its steps, from 10⁻¹² to 100; `nil` for that of `inner`.
    package var learningRate: Double?
    /// The rank, from 1 to 65,536.
    package var rank = 4

    /// At the rate of `inner`.
    package init() {}

    /// `low_rank`.
    package static let key = "low_rank"
    /// What it is.
    package static let documentation = "LoRA: a product of low rank that is added to each weight."
    /// Its settings.
    package static let fields: Fields<Self> = [
        .ownRate(\.learningRate),
        Field(
            "rank", \.rank, .integer(in: 1...65_536),
            "The rank of what is added to each weight."),
    ]

    /// With a product beside each weight.
    package func network(_ network: any Network) throws(MetaLearningError) -> any Network {
        guard let layered = network as? any LayeredNetwork else {
            throw MetaLearningError(
                .incompatible(
                    expected: "a model that is recorded layer by layer",
                    found: "model \(network.name)"),
                at: "fine_tuning low_rank", hint: "set fine_tuning.name: frozen_layers")
        }
        return LowRankNetwork(layered, rank: rank)
    }

    /// The products.
    package func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings {
        var settings = settings
        settings.adaptedPart = .tensors(endingIn: ["low_rank_a", "low_rank_b"])
        return settings
    }
}
