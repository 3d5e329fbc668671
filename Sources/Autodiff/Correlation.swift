/// A convolution (a cross-correlation, as in PyTorch) of signals by kernels, every place of a
/// kernel inside its signal.
///
/// With `x` `[images, length, channels]`, kernels `w` `[filters, kernel, channels]` and results
/// `y` `[images, places, filters]` it is one form `Σ y w x` in three unknowns. Each of its three
/// primitives takes two of them and gives what the form asks for at the place of the third, so
/// that each one's derivatives are the other two.
struct Correlation: Sendable, Hashable {
    let images: Int
    let length: Int
    let channels: Int
    let kernel: Int
    let filters: Int

    /// Describes a layout's convolution, when the kernels can work without a copy of the patches.
    init?(_ layout: PatchLayout, filters: Int) {
        guard layout.input.height == 1, layout.kernel.height == 1, layout.dilation == 1,
            layout.stride == 1, layout.isFull,
            Self.fits(layout.kernel.width, layout.channels, filters)
        else { return nil }
        images = layout.images
        length = layout.input.width
        channels = layout.channels
        kernel = layout.kernel.width
        self.filters = filters
    }

    /// Places of a kernel in a signal.
    var places: Int { length - kernel + 1 }
    /// Numbers of all signals.
    var inputCount: Int { images * length * channels }
    /// Numbers of all kernels.
    var kernelCount: Int { filters * kernel * channels }
    /// Numbers of the result.
    var outputCount: Int { images * places * filters }
}
