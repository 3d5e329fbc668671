// What networks over images are made of besides convolutions.
extension Tape {
    /// Records batch normalization (Ioffe and Szegedy, "Batch normalization", 2015, algorithm 1): each
    /// column standardized over all rows of the batch, scaled and shifted.
    ///
    /// The statistics are those of these rows, and derivatives go through them.
    ///
    /// - Parameters:
    ///   - x: `[rows, columns]`: a row for each sample, or for each pixel of each image.
    ///   - weight: `γ`, `[columns]`.
    ///   - bias: `β`, `[columns]`.
    ///   - epsilon: What is added to the variance, above 0.
    /// - Returns: `[rows, columns]`.
    public mutating func batchNorm(
        _ x: Variable, weight: Variable, bias: Variable, epsilon: Double = 1e-5
    ) -> Variable {
        let shape = shape(of: x)
        precondition(
            shape.rank == 2 && self.shape(of: weight) == Shape([shape[1]])
                && self.shape(of: bias) == Shape([shape[1]]) && epsilon > 0,
            "batch normalization of \(shape) by \(self.shape(of: weight)), "
                + "\(self.shape(of: bias)) and \(epsilon)")
        let normalized = append(.normalizeColumns(epsilon: epsilon), [x], shape)
        return append(.affineColumns, [normalized, weight, bias], shape)
    }

    /// Records the largest number of each patch and channel, PyTorch's `MaxPool2d`.
    ///
    /// A derivative goes to the first of several largest numbers.
    ///
    /// - Parameters:
    ///   - x: Images with channels last.
    ///   - layout: The images and the patches, of at most 255 pixels, without padding or dilation.
    /// - Returns: `[patchCount, channels]`: images with channels last.
    public mutating func maxPool(_ x: Variable, _ layout: PatchLayout) -> Variable {
        precondition(
            shape(of: x).count == layout.inputCount && layout.isFull && layout.dilation == 1
                && layout.kernel.count <= 255,
            "a layout of \(layout.inputCount) numbers was given \(shape(of: x)), or has padding")
        return append(.maxPool(layout), [x], [layout.patchCount, layout.channels])
    }

    /// Records the mean of each channel over the pixels of its image.
    ///
    /// - Parameters:
    ///   - x: Images with channels last.
    ///   - images: How many there are, at least 1.
    ///   - channels: Channels of a pixel.
    /// - Returns: `[images, channels]`.
    package mutating func meanPool(_ x: Variable, images: Int, channels: Int) -> Variable {
        let pixels = shape(of: x).count / (images * channels)
        precondition(
            pixels >= 1 && shape(of: x).count == images * pixels * channels,
            "\(shape(of: x)) is not \(images) images of \(channels) channels")
        let byChannel = permute(
            x, Permutation(extents: [images, pixels, channels], order: [0, 2, 1]),
            as: [images * channels, pixels])
        return reshape(scale(rowSums(byChannel), by: 1 / Double(pixels)), to: [images, channels])
    }
}
