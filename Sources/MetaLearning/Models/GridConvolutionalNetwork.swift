package import Autodiff

/// The model `conv2d` for electrode grids: convolutions over the grid's rows and columns, then
/// fully connected layers.
///
/// A window is an image of the grid whose channels are the window's samples, PyTorch's
/// `[window, time, row, column]`; channel `c` of the signal is the electrode at row
/// `c / columns`, column `c % columns`. Zeros around the grid keep its size. Layers are called
/// `conv1`, `conv2`, … and `fc1`, `fc2`, …
package struct GridConvolutionalNetwork: LayeredNetwork {
    /// The name in configurations and checkpoints.
    package var name: String { "conv2d" }
    /// Windows are read channel by channel: electrodes with their samples last.
    package var layout: WindowSet.Layout { .channelMajor }
    /// Numbers of a window.
    package var inputWidth: Int { grid.height * grid.width * windowLength }
    /// Rows and columns of the grid.
    package let grid: PatchLayout.Extent
    /// Samples of a window.
    package let windowLength: Int
    /// Filters of each convolution.
    package let filters: [Int]
    /// Rows and columns that a filter sees, an odd number.
    package let kernel: Int
    /// Sizes of the hidden layers after the convolutions.
    package let hidden: [Int]
    /// Classes it distinguishes, or numbers it puts out.
    package let classCount: Int
    /// Its parameters and how they start.
    package private(set) var plan = ModelPlan(ModelRecorder())

    /// Creates the model.
    ///
    /// - Parameters:
    ///   - grid: Rows and columns of the grid.
    ///   - windowLength: Samples of a window.
    ///   - filters: Filters of each convolution.
    ///   - kernel: Rows and columns that a filter sees, an odd number.
    ///   - hidden: Sizes of the hidden layers after the convolutions.
    ///   - classCount: Classes, or numbers put out.
    package init(
        grid: PatchLayout.Extent, windowLength: Int, filters: [Int] = [16, 32], kernel: Int = 3,
        hidden: [Int] = [64], classCount: Int
    ) {
        precondition(kernel % 2 == 1, "a kernel of \(kernel) has no middle")
        self.grid = grid
        self.windowLength = windowLength
        self.filters = filters
        self.kernel = kernel
        self.hidden = hidden
        self.classCount = classCount
        plan = makePlan()
    }

    /// Records convolutions, flattening and fully connected layers.
    package func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
        let windows = recorder.tape.shape(of: input)[0]
        let edge = PatchLayout.Extent(height: kernel / 2, width: kernel / 2)
        var value = input
        var channels = windowLength
        for (index, count) in filters.enumerated() {
            let layout = PatchLayout(
                images: windows, input: grid, channels: channels,
                kernel: PatchLayout.Extent(height: kernel, width: kernel),
                padding: PatchLayout.Padding(before: edge, after: edge))
            if index > 0 { value = recorder.tape.relu(value) }
            value = recorder.convolution(
                "conv\(index + 1)", value, layout, filters: count, dimensions: 2)
            channels = count
        }
        let places = grid.height * grid.width
        value = recorder.tape.permute(
            value, Permutation(extents: [windows, places, channels], order: [0, 2, 1]),
            as: [windows, channels * places])
        // After flattening, so that derivatives keep one form of the last convolution's result.
        for (index, width) in (hidden + [classCount]).enumerated() {
            if index > 0 || !filters.isEmpty { value = recorder.tape.relu(value) }
            value = recorder.linear("fc\(index + 1)", value, outputs: width)
        }
        return value
    }
}
