public import Documents
private import PrintableText

/// The model `cnn`: convolutions over time; see ``ConvolutionalNetwork``.
public struct CNN: ModelDefinition, Hashable {
    /// Sizes of the hidden layers after the convolutions, each from 1 to 65,536; at most 64.
    public var hidden = [32]
    /// Filters of each convolution, each from 1 to 65,536; at most 64 convolutions.
    public var filters = [16, 32, 64]
    /// Samples that a filter sees, from 1 to 1,024.
    public var kernel = 3

    /// Three convolutions over three samples.
    public init() {}

    /// `cnn`.
    public static let key = "cnn"
    /// What it is.
    public static let documentation = "Convolutions over time."
    /// Its settings.
    public static let fields: Fields<Self> = [
        Field("hidden", \.hidden, .sizes, "Sizes of the hidden fully connected layers."),
        Field("filters", \.filters, .sizes, "Filters of each convolution."),
        Field("kernel", \.kernel, .integer(in: 1...1_024), "Samples that a filter sees."),
    ]

    /// Convolutions with ReLU after each, then fully connected layers.
    public func network(
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
    public func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard let first = tensors["conv1.weight"], first.count != 4 else { return nil }
        var settings = self
        settings.filters = try tensors.outputs { "conv\($0).weight" }
        settings.kernel = try tensors.extent(of: "conv1.weight", at: 2, in: 1...1_024)
        settings.hidden = try tensors.outputs { "fc\($0).weight" }.dropLast()
        return settings
    }
}
