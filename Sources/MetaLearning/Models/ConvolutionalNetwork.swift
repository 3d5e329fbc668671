package import Autodiff

/// The model `cnn`: convolutions over time with ReLU after each, then fully connected layers.
///
/// Layers are called `conv1`, `conv2`, … and `fc1`, `fc2`, …; what the convolutions give is
/// flattened filter by filter, as PyTorch's `[window, filter, time]` is.
package struct ConvolutionalNetwork: LayeredNetwork {
    /// The name in configurations and checkpoints.
    package var name: String { "cnn" }
    /// Windows are read sample by sample: channels last.
    package var layout: WindowSet.Layout { .timeMajor }
    /// Numbers of a window.
    package var inputWidth: Int { channelCount * windowLength }
    /// Channels of a window.
    package let channelCount: Int
    /// Samples of a window.
    package let windowLength: Int
    /// Filters of each convolution.
    package let filters: [Int]
    /// Samples that a filter sees.
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
    ///   - channelCount: Channels of a window.
    ///   - windowLength: Samples of a window, more than `filters.count * (kernel - 1)`.
    ///   - filters: Filters of each convolution.
    ///   - kernel: Samples that a filter sees.
    ///   - hidden: Sizes of the hidden layers after the convolutions.
    ///   - classCount: Classes, or numbers put out.
    package init(
        channelCount: Int, windowLength: Int, filters: [Int] = [16, 32, 64], kernel: Int = 3,
        hidden: [Int] = [32], classCount: Int
    ) {
        precondition(
            windowLength > filters.count * (kernel - 1),
            "windows of \(windowLength) samples are too short for \(filters.count) convolutions")
        self.channelCount = channelCount
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
        var value = input
        var (length, channels) = (windowLength, channelCount)
        for (index, count) in filters.enumerated() {
            let layout = PatchLayout(
                signals: windows, length: length, channels: channels, kernel: kernel)
            if index > 0 { value = recorder.tape.relu(value) }
            value = recorder.convolution("conv\(index + 1)", value, layout, filters: count)
            (length, channels) = (layout.output.width, count)
        }
        value = recorder.tape.permute(
            value, Permutation(extents: [windows, length, channels], order: [0, 2, 1]),
            as: [windows, channels * length])
        // After flattening, so that derivatives keep one form of the last convolution's result.
        for (index, width) in (hidden + [classCount]).enumerated() {
            if index > 0 || !filters.isEmpty { value = recorder.tape.relu(value) }
            value = recorder.linear("fc\(index + 1)", value, outputs: width)
        }
        return value
    }
}
