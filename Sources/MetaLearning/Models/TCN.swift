package import Documents

/// The model `tcn`: residual blocks of causal convolutions; see ``TemporalConvolutionalNetwork``.
package struct TCN: ModelDefinition, Hashable {
    /// Sizes of the hidden layers after the blocks, each from 1 to 65,536; at most 64.
    package var hidden = [64]
    /// Samples that a filter sees, from 1 to 1,024.
    package var kernel = 3
    /// The probability that dropout sets an element to zero, from 0 to 0.95.
    package var dropout = 0.2
    /// Channels of each residual block, each from 1 to 65,536; at most 16 blocks. `nil` for two of
    /// one more than a window's samples.
    package var blocks: [Int]?

    /// Two blocks.
    package init() {}

    /// `tcn`.
    package static let key = "tcn"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Residual blocks of dilated causal convolutions."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("hidden", \.hidden, .sizes, "Sizes of the hidden fully connected layers."),
        Field("kernel", \.kernel, .integer(in: 1...1_024), "Samples that a filter sees."),
        Field(
            "dropout", \.dropout, .number(in: 0...0.95),
            "The probability that an element is set to zero."),
        Field(
            optional: "blocks", \.blocks, .blocks,
            "Channels of each residual block; two of one more than a window's samples when left "
                + "out.", absence: .leftOut),
    ]

    /// Blocks, then fully connected layers.
    package func network(channelCount: Int, windowLength: Int, classCount: Int) -> any Network {
        TemporalConvolutionalNetwork(
            self, channelCount: channelCount, windowLength: windowLength, classCount: classCount)
    }

    /// With the sizes of `tcn.network.0.conv1.weight_v` `[filters, channels, kernel]`, … and
    /// `linear1.weight`, …
    package func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        let first = "tcn.network.0.conv1.weight_v"
        guard tensors[first] != nil else { return nil }
        var settings = self
        let blocks = try tensors.outputs { "tcn.network.\($0 - 1).conv1.weight_v" }
        guard blocks.count <= 16 else {
            throw tensors.fault("at most 16 blocks", "\(blocks.count)", at: "tcn.network")
        }
        settings.blocks = blocks
        settings.kernel = try tensors.extent(of: first, at: 2, in: 1...1_024)
        settings.hidden = try tensors.outputs { "linear\($0).weight" }.dropLast()
        return settings
    }
}

extension FieldFormat<[Int]> {
    /// Channels of residual blocks.
    fileprivate static var blocks: FieldFormat {
        FieldFormat(
            .list(
                of: .integer(minimum: 1, maximum: 65_536), count: 0...16, isUnique: false),
            read: { cursor throws(DocumentError) in
                let blocks = try FieldFormat.sizes.read(cursor)
                guard blocks.count <= 16 else { throw cursor.error(expected: "at most 16 blocks") }
                return blocks
            },
            write: FieldFormat.sizes.write)
    }
}
