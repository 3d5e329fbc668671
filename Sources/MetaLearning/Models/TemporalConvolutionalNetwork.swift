package import Autodiff

/// The model `tcn`: residual blocks of dilated causal convolutions with weight normalization
/// (Bai, Kolter and Koltun 2018), then fully connected layers.
///
/// A block is ReLU(conv1), dropout, ReLU(conv2), dropout, and ReLU of that and the block's input,
/// which goes through a convolution of kernel 1 when the channels differ. Block `i` is dilated by
/// 2ⁱ. Parameters are called `tcn.network.<block>.conv1.weight_g`, `….weight_v`, `….bias`,
/// `….downsample.weight`, …, and `linear1`, `linear2`, …
package struct TemporalConvolutionalNetwork: LayeredNetwork {
    /// The name in configurations and checkpoints.
    package var name: String { "tcn" }
    /// Windows are read sample by sample: channels last.
    package var layout: WindowSet.Layout { .timeMajor }
    /// Numbers of a window.
    package var inputWidth: Int { channelCount * windowLength }
    /// Channels of a window.
    package let channelCount: Int
    /// Samples of a window.
    package let windowLength: Int
    /// Channels of each block.
    package let blocks: [Int]
    /// Samples that a filter sees.
    package let kernel: Int
    /// The probability that dropout sets an element to zero.
    package let dropout: Double
    /// Sizes of the hidden layers after the blocks.
    package let hidden: [Int]
    /// Classes it distinguishes, or numbers it puts out.
    package let classCount: Int
    /// Its parameters and how they start.
    package private(set) var plan = ModelPlan(ModelRecorder())

    /// Creates the model.
    ///
    /// - Parameters:
    ///   - definition: The sizes of its layers; without blocks, two of one more than a window's
    ///     samples, as in MetaEMG (plarotta/meta-emg; arXiv 2403.13147).
    ///   - channelCount: Channels of a window.
    ///   - windowLength: Samples of a window.
    ///   - classCount: Classes, or numbers put out.
    package init(
        _ definition: TCN = TCN(), channelCount: Int, windowLength: Int, classCount: Int
    ) {
        self.channelCount = channelCount
        self.windowLength = windowLength
        blocks = definition.blocks ?? [windowLength + 1, windowLength + 1]
        kernel = definition.kernel
        dropout = definition.dropout
        hidden = definition.hidden
        self.classCount = classCount
        plan = makePlan()
    }

    /// Records blocks, flattening and fully connected layers.
    package func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
        let windows = recorder.tape.shape(of: input)[0]
        var value = recorder.tape.reshape(input, to: [windows * windowLength, channelCount])
        var channels = channelCount
        for (index, count) in blocks.enumerated() {
            value = block(&recorder, value, index, windows, channels: channels, filters: count)
            channels = count
        }
        value = recorder.tape.permute(
            value, Permutation(extents: [windows, windowLength, channels], order: [0, 2, 1]),
            as: [windows, channels * windowLength])
        for (index, width) in (hidden + [classCount]).enumerated() {
            if index > 0 { value = recorder.tape.relu(value) }
            value = recorder.linear("linear\(index + 1)", value, outputs: width)
        }
        return value
    }

    private func block(
        _ recorder: inout ModelRecorder, _ input: Tape.Variable, _ index: Int, _ windows: Int,
        channels: Int, filters: Int
    ) -> Tape.Variable {
        let name = "tcn.network.\(index)"
        let dilation = 1 << index
        func layout(_ channels: Int, _ kernel: Int) -> PatchLayout {
            PatchLayout(
                signals: windows, length: windowLength, channels: channels, kernel: kernel,
                dilation: dilation, padding: (kernel - 1) * dilation)
        }
        var value = recorder.normalizedConvolution(
            "\(name).conv1", input, layout(channels, kernel), filters: filters)
        value = recorder.tape.dropout(recorder.tape.relu(value), rate: dropout)
        value = recorder.normalizedConvolution(
            "\(name).conv2", value, layout(filters, kernel), filters: filters)
        value = recorder.tape.dropout(recorder.tape.relu(value), rate: dropout)
        let residual =
            channels == filters
            ? input
            : recorder.convolution(
                "\(name).downsample", input, layout(channels, 1), filters: filters)
        return recorder.tape.relu(recorder.tape.add(value, residual))
    }
}
