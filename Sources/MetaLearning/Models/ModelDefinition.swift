public import Autodiff
public import Documents

/// A kind of model with its settings, from which the model is made for windows of a size.
///
/// The library's models are listed by `myotask kinds`. A package outside adds its own to the
/// ``Documents/Kinds`` that documents and checkpoints are read with; documents then call it by its
/// key, as `model: {name: gru, width: 32}`. Its settings stand in the metadata of checkpoints under
/// their own names, so none may be called `name`, `format`, `format_version`, `model`, `classes`,
/// `channel_count`, `window_length` or `input`.
public protocol ModelDefinition: DescribedKind {
    /// The model for windows of a size.
    ///
    /// - Parameters:
    ///   - channelCount: Channels of a window, at least 1.
    ///   - windowLength: Samples of a window, at least 1.
    ///   - classCount: Classes, or numbers put out, at least 1.
    /// - Returns: The model: it takes batches `[windows, channelCount · windowLength]` in the order
    ///   of its ``Network/layout`` and gives `[windows, classCount]`.
    /// - Throws: ``MetaLearningError`` when windows of this size do not fit the settings.
    func network(
        channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network

    /// The definition with the grid of the tasks' electrodes, where it wants one and the settings
    /// leave it open.
    ///
    /// - Parameter grid: Rows and columns of the electrodes; channel `c` is row `c / columns`,
    ///   column `c % columns`.
    /// - Returns: The definition; itself by default.
    func placed(on grid: PatchLayout.Extent) -> Self

    /// The definition with the size of the tasks' images, where it wants one and the settings leave it
    /// open.
    ///
    /// - Parameter size: Rows and columns of an image: pixels are a window's samples, row by row.
    /// - Returns: The definition; itself by default.
    func placed(onImagesOf size: PatchLayout.Extent) -> Self

    /// The definition with the sizes that the tensors of a `state_dict` have.
    ///
    /// - Parameter tensors: Names and shapes. Of several definitions the one that asks for most of
    ///   the tensors that are there is taken, so ask for a tensor of each layer.
    /// - Returns: The definition; what no shape says is as in this one. `nil` when the tensors are
    ///   those of another kind of model, and by default.
    /// - Throws: ``MetaLearningError`` for a tensor that is missing or of an impossible shape.
    func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self?
}

extension ModelDefinition {
    /// The name in documents and checkpoints.
    public var name: String { Self.key }

    /// Itself: most models know of no grid.
    public func placed(on grid: PatchLayout.Extent) -> Self { self }

    /// Itself: most models know of no images.
    public func placed(onImagesOf size: PatchLayout.Extent) -> Self { self }

    /// `nil`: no `state_dict` is assumed to be one of it.
    public func sized(by tensors: inout TensorShapes) throws(MetaLearningError) -> Self? { nil }

    /// The definition with the grid of a source's electrodes and the size of its images, as far as
    /// there are any.
    package func placed(on source: any EpisodeSource) -> Self {
        var placed = self
        if let image = source.imageExtent {
            placed = placed.placed(
                onImagesOf: PatchLayout.Extent(height: image.rows, width: image.columns))
        }
        if let grid = source.electrodeGrid {
            placed = placed.placed(
                on: PatchLayout.Extent(height: grid.rows, width: grid.columns))
        }
        return placed
    }

    /// Checks that a kernel has a middle.
    func requireOdd(_ kernel: Int) throws(MetaLearningError) {
        try require(
            kernel % 2 == 1, "an odd kernel", "\(kernel)", hint: "set model.kernel to 3 or 5")
    }

    /// Checks that windows fit.
    func require(
        _ condition: Bool, _ expected: String, _ found: String, hint: String
    ) throws(MetaLearningError) {
        guard condition else {
            throw MetaLearningError(
                .outOfRange(expected: expected, found: found), at: "model \(name)", hint: hint)
        }
    }
}

extension FieldFormat<[Int]> {
    /// Sizes of layers, one after the other.
    static var sizes: FieldFormat {
        .list(of: .integer(in: 1...65_536), count: 0...64, excess: "at most 64 layers")
    }
}
