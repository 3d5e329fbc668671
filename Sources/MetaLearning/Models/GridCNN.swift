package import Autodiff
package import Documents
private import PrintableText

/// The model `conv2d`: convolutions over an electrode grid; see ``GridConvolutionalNetwork``.
package struct GridCNN: ModelDefinition, Hashable {
    /// Sizes of the hidden layers after the convolutions, each from 1 to 65,536; at most 64.
    package var hidden = [64]
    /// Filters of each convolution, each from 1 to 65,536; at most 64 convolutions.
    package var filters = [16, 32]
    /// Rows and columns that a filter sees, an odd number from 1 to 1,024.
    package var kernel = 3
    /// Rows and columns of the electrode grid; `nil` for that of the tasks.
    package var grid: PatchLayout.Extent?

    /// Two convolutions over three by three electrodes, on the grid of the tasks.
    package init() {}

    /// `conv2d`.
    package static let key = "conv2d"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Convolutions over an electrode grid."
    /// Its settings.
    package static let fields: Fields<Self> = [
        Field("hidden", \.hidden, .sizes, "Sizes of the hidden fully connected layers."),
        Field("filters", \.filters, .sizes, "Filters of each convolution."),
        Field(
            "kernel", \.kernel, .integer(in: 1...1_024),
            "Rows and columns that a filter sees, an odd number."),
        Field(
            optional: "grid", \.grid, .grid,
            "Rows and columns of the electrode grid; channel c is row c / columns, column "
                + "c % columns. That of the collection when left out.", absence: .leftOut),
    ]

    /// Convolutions with ReLU after each, then fully connected layers.
    package func network(
        channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        guard let grid else {
            throw MetaLearningError(
                .outOfRange(expected: "the rows and columns of the electrode grid", found: "none"),
                at: "model \(name)",
                hint: "set model.grid, such as [8, 8], or build the collection with channels.grid")
        }
        try require(
            grid.height * grid.width == channelCount,
            "\(grid.height * grid.width, of: "channel") for a grid of \(grid.height) × \(grid.width)",
            "\(channelCount, of: "channel")",
            hint: "set model.grid to the rows and columns of the electrodes")
        try requireOdd(kernel)
        return GridConvolutionalNetwork(
            grid: grid, windowLength: windowLength, filters: filters, kernel: kernel,
            hidden: hidden, classCount: classCount)
    }

    /// On this grid, unless the settings have one.
    package func placed(on grid: PatchLayout.Extent) -> Self {
        var settings = self
        settings.grid = self.grid ?? grid
        return settings
    }

    /// With the sizes of `conv1.weight` `[filters, samples, kernel, kernel]`, … and `fc1.weight`, …
    package func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? {
        guard tensors["conv1.weight"]?.count == 4 else { return nil }
        var settings = self
        settings.filters = try tensors.outputs { "conv\($0).weight" }
        settings.kernel = try tensors.extent(of: "conv1.weight", at: 2, in: 1...1_024)
        settings.hidden = try tensors.outputs { "fc\($0).weight" }.dropLast()
        return settings
    }
}
