package import Autodiff

/// The model `image_cnn`: convolutions over images with batch normalization and ReLU after each, then
/// a fully connected layer.
///
/// With four layers of 64 filters and pooling it is the network of matching and prototypical networks
/// (Vinyals et al., 2016; Snell et al., 2017), with a stride and means over pixels that of MAML on
/// Omniglot (Finn et al., 2017, appendix A.1); 32 filters are theirs for mini-ImageNet.
///
/// An image's numbers lie pixel by pixel, row by row, a pixel's channels together. Zeros around an image
/// keep its size before it is made smaller. Layers are called `conv1`, `norm1`, `conv2`, … and `fc1`, …;
/// a convolution has no bias of its own where batch normalization takes it away again.
package struct ImageNetwork: LayeredNetwork {
    /// The name in configurations and checkpoints.
    package var name: String { ImageCNN.key }
    /// Pixels with their channels last.
    package var layout: WindowSet.Layout { .timeMajor }
    /// Numbers of an image.
    package var inputWidth: Int { size.height * size.width * channelCount }
    /// Classes it distinguishes, or numbers it puts out.
    package let classCount: Int
    /// Its parameters and how they start.
    package private(set) var plan = ModelPlan(ModelRecorder())

    private let settings: ImageCNN
    private let size: PatchLayout.Extent
    private let channelCount: Int

    /// Creates the model.
    ///
    /// - Parameters:
    ///   - settings: Its settings, which fit images of this size.
    ///   - size: Rows and columns of an image.
    ///   - channelCount: Channels of a pixel.
    ///   - classCount: Classes, or numbers put out.
    package init(
        settings: ImageCNN, size: PatchLayout.Extent, channelCount: Int, classCount: Int
    ) {
        self.settings = settings
        self.size = size
        self.channelCount = channelCount
        self.classCount = classCount
        plan = makePlan()
    }

    /// Records convolutions, the readout and fully connected layers.
    package func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
        let images = recorder.tape.shape(of: input)[0]
        let edge = PatchLayout.Extent(height: settings.kernel / 2, width: settings.kernel / 2)
        var (value, size, channels) = (input, size, channelCount)
        for (index, count) in settings.filters.enumerated() {
            let layout = PatchLayout(
                images: images, input: size, channels: channels,
                kernel: PatchLayout.Extent(height: settings.kernel, width: settings.kernel),
                stride: settings.downsampling == .stride ? 2 : 1,
                padding: PatchLayout.Padding(before: edge, after: edge))
            value = recorder.convolution(
                "conv\(index + 1)", value, layout, filters: count, dimensions: 2,
                hasBias: !settings.batchNorm)
            if settings.batchNorm { value = recorder.batchNorm("norm\(index + 1)", value) }
            value = recorder.tape.relu(value)
            (size, channels) = (layout.output, count)
            if settings.downsampling == .maxPool {
                let pool = PatchLayout(
                    images: images, input: size, channels: channels,
                    kernel: PatchLayout.Extent(height: 2, width: 2), stride: 2)
                value = recorder.tape.maxPool(value, pool)
                size = pool.output
            }
        }
        value = readOut(value, &recorder.tape, images: images, size: size, channels: channels)
        for (index, width) in (settings.hidden + [classCount]).enumerated() {
            if index > 0 { value = recorder.tape.relu(value) }
            value = recorder.linear("fc\(index + 1)", value, outputs: width)
        }
        return value
    }

    private func readOut(
        _ value: Tape.Variable, _ tape: inout Tape, images: Int, size: PatchLayout.Extent,
        channels: Int
    ) -> Tape.Variable {
        switch settings.readout {
        case .mean: tape.meanPool(value, images: images, channels: channels)
        case .flatten:
            // Filter by filter, as PyTorch's `[image, filter, row, column]` is flattened.
            tape.permute(
                value,
                Permutation(
                    extents: [images, size.height * size.width, channels], order: [0, 2, 1]),
                as: [images, channels * size.height * size.width])
        }
    }
}
