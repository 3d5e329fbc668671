package import Autodiff
package import Documents
private import PrintableText

/// The model `image_cnn`: convolutions over images; see ``ImageNetwork``.
package struct ImageCNN: ModelDefinition, Hashable {
    /// How an image becomes smaller from one convolution to the next.
    package enum Downsampling: String, Sendable, Hashable, CaseIterable {
        /// The largest of two by two pixels, behind each convolution.
        case maxPool = "max_pool"
        /// Convolutions at every other pixel.
        case stride
        /// Not at all.
        case none
    }

    /// What of the last convolution the last layers see.
    package enum Readout: String, Sendable, Hashable, CaseIterable {
        /// All pixels, filter by filter.
        case flatten
        /// The mean of each filter over its pixels.
        case mean
    }

    /// Filters of each convolution, each from 1 to 65,536; at most 64 convolutions.
    package var filters = [64, 64, 64, 64]
    /// Rows and columns that a filter sees, an odd number from 1 to 1,024.
    package var kernel = 3
    /// How an image becomes smaller from one convolution to the next.
    package var downsampling = Downsampling.maxPool
    /// Whether what each convolution gives is standardized over the batch.
    package var batchNorm = true
    /// What of the last convolution the last layers see.
    package var readout = Readout.flatten
    /// Sizes of hidden layers after the convolutions, each from 1 to 65,536; at most 64.
    package var hidden: [Int] = []
    /// Rows and columns of an image; `nil` for those of the tasks.
    package var size: PatchLayout.Extent?

    /// Four convolutions of 64 filters, pooling and batch normalization.
    package init() {}

    /// `image_cnn`.
    package static let key = "image_cnn"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Convolutions over images, with batch normalization: the four-layer network of few-shot papers."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("filters", \.filters, .sizes, "Filters of each convolution."),
        Field(
            "kernel", \.kernel, .integer(in: 1...1_024),
            "Rows and columns that a filter sees, an odd number."),
        Field(
            "downsampling", \.downsampling, .choice,
            "How an image becomes smaller behind each convolution: `max_pool`, the largest of two by "
                + "two pixels; `stride`, convolutions at every other pixel; `none`."),
        Field(
            "batch_norm", \.batchNorm, .boolean,
            "Whether what each convolution gives is standardized over the batch, scaled and shifted, "
                + "before ReLU."),
        Field(
            "readout", \.readout, .choice,
            "What of the last convolution the last layers see: `flatten`, all pixels; `mean`, the "
                + "mean of each filter."),
        Field("hidden", \.hidden, .sizes, "Sizes of hidden fully connected layers behind them."),
        Field(
            optional: "size", \.size, .grid,
            "Rows and columns of an image. Those of the collection when left out.",
            absence: .leftOut),
    ]

    /// Convolutions with ReLU after each, then a fully connected layer.
    package func network(
        channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        guard let size else {
            throw MetaLearningError(
                .outOfRange(expected: "the rows and columns of an image", found: "none"),
                at: "model \(name)",
                hint: "set model.size, such as [28, 28], or train on a collection of images")
        }
        try require(
            size.height * size.width == windowLength,
            "\(size.height * size.width, of: "pixel") for images of \(size.height) × \(size.width)",
            "\(windowLength, of: "pixel")", hint: "set model.size to the images' rows and columns")
        try requireOdd(kernel)
        let smallest = min(size.height, size.width)
        let halvings = downsampling == .maxPool ? filters.count : 0
        try require(
            halvings < Int.bitWidth - 1 && smallest >> halvings >= 1,
            "at most \(Int.bitWidth - 1 - smallest.leadingZeroBitCount) poolings",
            "\(filters.count)", hint: "take fewer filters, or downsampling: stride")
        return ImageNetwork(
            settings: self, size: size, channelCount: channelCount, classCount: classCount)
    }

    /// For images of this size, unless the settings have one.
    package func placed(onImagesOf size: PatchLayout.Extent) -> Self {
        var settings = self
        settings.size = self.size ?? size
        return settings
    }

    /// With the sizes of `conv1.weight` `[filters, channels, kernel, kernel]`, …, `norm1.weight`, … and
    /// `fc1.weight`, …; how images become smaller no shape says.
    package func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard tensors["conv1.weight"]?.count == 4 else { return nil }
        var settings = self
        settings.filters = try tensors.outputs { "conv\($0).weight" }
        settings.kernel = try tensors.extent(of: "conv1.weight", at: 2, in: 1...1_024)
        settings.batchNorm = try !tensors.outputs { "norm\($0).weight" }.isEmpty
        settings.hidden = try tensors.outputs { "fc\($0).weight" }.dropLast()
        return settings
    }
}
