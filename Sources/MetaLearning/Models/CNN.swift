package import Documents
private import PrintableText

/// The model `cnn`: convolutions over time; see ``ConvolutionalNetwork``.
package struct CNN: ModelDefinition, Hashable {
    /// Sizes of the hidden layers after the convolutions, each from 1 to 65,536; at most 64.
    package var hidden = [32]
    /// Filters of each convolution, each from 1 to 65,536; at most 64 convolutions.
    package var filters = [16, 32, 64]
    /// Samples that a filter sees, from 1 to 1,024.
    package var kernel = 3

    /// Three convolutions over three samples.
    package init() {}

    /// `cnn`.
    package static let key = "cnn"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Convolutions over time."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("hidden", \.hidden, .sizes, "Sizes of the hidden fully connected layers."),
        Field("filters", \.filters, .sizes, "Filters of each convolution."),
        Field("kernel", \.kernel, .integer(in: 1...1_024), "Samples that a filter sees."),
    ]

    /// Convolutions with ReLU after each, then fully connected layers.
    package func network(
        channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        let reach = filters.count * (kernel - 1)
        try require(
            windowLength > reach, "windows of more than \(reach, of: "sample")",
            "\(windowLength, of: "sample")", hint: "take longer windows, or fewer filters")
        return ConvolutionalNetwork(
            channelCount: channelCount, windowLength: windowLength, filters: filters,
            kernel: kernel, hidden: hidden, classCount: classCount)
    }

    /// With the sizes of `conv1.weight` `[filters, channels, kernel]`, … and `fc1.weight`, …
    package func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard let first = tensors["conv1.weight"], first.count != 4 else { return nil }
        var settings = self
        settings.filters = try tensors.outputs { "conv\($0).weight" }
        settings.kernel = try tensors.extent(of: "conv1.weight", at: 2, in: 1...1_024)
        settings.hidden = try tensors.outputs { "fc\($0).weight" }.dropLast()
        return settings
    }
}
