package import Documents
private import PrintableText

/// The model `transformer`: one encoder layer over samples; see ``TransformerNetwork``.
package struct Transformer: ModelDefinition, Hashable {
    /// Sizes of the hidden layers after the encoder layer, each from 1 to 65,536; at most 64.
    package var hidden = [64, 32]
    /// Heads of the attention, from 1 to 65,536: a divisor of the channels.
    package var heads = 4
    /// Width of the feed-forward part, from 1 to 65,536.
    package var feedForward = 256
    /// The probability that dropout sets an element to zero, from 0 to 0.95.
    package var dropout = 0.1

    /// Four heads.
    package init() {}

    /// `transformer`.
    package static let key = "transformer"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "An encoder layer over samples."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("hidden", \.hidden, .sizes, "Sizes of the hidden fully connected layers."),
        Field(
            "heads", \.heads, .integer(in: 1...65_536),
            "Heads of the attention, a divisor of the channels."),
        Field(
            "feed_forward", \.feedForward, .integer(in: 1...65_536),
            "Width of the feed-forward part."),
        Field(
            "dropout", \.dropout, .number(in: 0...0.95),
            "The probability that an element is set to zero."),
    ]

    /// An encoder layer, then fully connected layers.
    package func network(
        channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        try require(
            channelCount.isMultiple(of: heads), "channels that \(heads, of: "head") can share",
            "\(channelCount, of: "channel")", hint: "set model.heads to a divisor of the channels")
        return TransformerNetwork(
            self, channelCount: channelCount, windowLength: windowLength, classCount: classCount)
    }

    /// With the sizes of `net.0.linear1.weight` and `net.2.weight`, `net.4.weight`, …
    package func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard tensors["net.0.self_attn.in_proj_weight"] != nil else { return nil }
        var settings = self
        settings.feedForward = try tensors.extent(of: "net.0.linear1.weight", at: 0)
        settings.hidden = try tensors.outputs { "net.\(2 * $0).weight" }.dropLast()
        return settings
    }
}
