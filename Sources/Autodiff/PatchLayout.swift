/// Which elements a convolution's kernel sees at each place of its output.
///
/// Images are stored with their channels last, `[images, height, width, channels]`; a signal is an
/// image of height 1. A patch lies kernel row by kernel row, kernel column by kernel column,
/// channel by channel, so that a convolution is one matrix product of patches and kernels.
public struct PatchLayout: Sendable, Hashable {
    /// A height and a width, in pixels.
    public struct Extent: Sendable, Hashable {
        /// Rows.
        package let height: Int
        /// Columns.
        package let width: Int

        /// Creates an extent.
        public init(height: Int, width: Int) {
            self.height = height
            self.width = width
        }

        var count: Int { height * width }
    }

    /// Zeros round an image.
    public struct Padding: Sendable, Hashable {
        /// Rows above and columns to the left.
        package let before: Extent
        /// Rows below and columns to the right.
        package let after: Extent

        /// Creates a padding; none where nothing is said.
        ///
        /// - Parameters:
        ///   - before: Rows above and columns to the left.
        ///   - after: Rows below and columns to the right.
        public init(
            before: Extent = Extent(height: 0, width: 0),
            after: Extent = Extent(height: 0, width: 0)
        ) {
            self.before = before
            self.after = after
        }
    }

    /// How many images there are.
    package let images: Int
    /// The extent of an image.
    package let input: Extent
    /// Channels of a pixel.
    package let channels: Int
    /// The extent of the kernel.
    package let kernel: Extent
    /// Pixels from one element of the kernel to the next.
    package let dilation: Int
    /// Pixels from one place of the kernel to the next.
    package let stride: Int
    /// Zeros above and to the left of an image.
    package let before: Extent
    /// Zeros below and to the right of an image.
    package let after: Extent
    /// The extent of the result.
    package let output: Extent

    /// Describes a convolution over images.
    ///
    /// With a stride the kernel stands at every so many pixels; what is left at the end, too short for
    /// another step, is not looked at, as in PyTorch.
    ///
    /// - Parameters:
    ///   - images: How many images there are.
    ///   - input: The extent of an image.
    ///   - channels: Channels of a pixel.
    ///   - kernel: The extent of the kernel.
    ///   - dilation: Pixels from one element of the kernel to the next.
    ///   - stride: Pixels from one place of the kernel to the next.
    ///   - padding: Zeros round an image.
    public init(
        images: Int, input: Extent, channels: Int, kernel: Extent, dilation: Int = 1,
        stride: Int = 1, padding: Padding = Padding()
    ) {
        precondition(stride >= 1, "expected a stride of at least 1, got \(stride)")
        let (before, after) = (padding.before, padding.after)
        // Places at a stride of 1, less one.
        let height =
            input.height + before.height + after.height - (kernel.height - 1) * dilation - 1
        let width = input.width + before.width + after.width - (kernel.width - 1) * dilation - 1
        output = Extent(
            height: height < 0 ? 0 : height / stride + 1, width: width < 0 ? 0 : width / stride + 1)
        precondition(
            images >= 0 && channels >= 1 && kernel.count >= 1 && dilation >= 1
                && output.height >= 1 && output.width >= 1,
            "a kernel of \(kernel.height) × \(kernel.width), dilated by \(dilation), does not fit "
                + "an input of \(input.height) × \(input.width)")
        self.images = images
        self.input = input
        self.channels = channels
        self.kernel = kernel
        self.dilation = dilation
        self.stride = stride
        self.before = before
        self.after = after
    }

    /// Describes a convolution over signals of `length` samples, `padding` zeros before each.
    public init(
        signals: Int, length: Int, channels: Int, kernel: Int, dilation: Int = 1, padding: Int = 0
    ) {
        self.init(
            images: signals, input: Extent(height: 1, width: length), channels: channels,
            kernel: Extent(height: 1, width: kernel), dilation: dilation,
            padding: Padding(before: Extent(height: 0, width: padding)))
    }

    /// Numbers of all images.
    var inputCount: Int { images * input.count * channels }
    /// Patches of all images.
    package var patchCount: Int { images * output.count }
    /// Numbers of a patch.
    package var patchWidth: Int { kernel.count * channels }

    /// Calls `body` for each run of numbers that lies contiguously both in a patch and in an
    /// image: its place in the patches, its place in the images and its length.
    @inline(__always)
    func forEachRun(_ body: (_ patch: Int, _ image: Int, _ count: Int) -> Void) {
        // Without dilation a kernel's row is one run.
        let together = dilation == 1 ? kernel.width : 1
        var patch = 0
        for image in 0..<images {
            for row in 0..<output.height {
                for column in 0..<output.width {
                    for kernelRow in 0..<kernel.height {
                        let y = row * stride + kernelRow * dilation - before.height
                        let inside = y >= 0 && y < input.height
                        for kernelColumn in Swift.stride(from: 0, to: kernel.width, by: together) {
                            let x = column * stride + kernelColumn * dilation - before.width
                            let first = max(0, x)
                            let last = min(input.width, x + together)
                            if inside && first < last {
                                body(
                                    patch + (first - x) * channels,
                                    ((image * input.height + y) * input.width + first) * channels,
                                    (last - first) * channels)
                            }
                            patch += together * channels
                        }
                    }
                }
            }
        }
    }

    /// For each number of an image's patches its place in the image.
    ///
    /// - Parameter outside: The place of numbers that lie beyond the image.
    /// - Returns: `[patches of an image × patchWidth]`.
    package func places(beyond outside: Int) -> [Int] {
        let single = with(images: 1)
        var result = [Int](repeating: outside, count: single.patchCount * single.patchWidth)
        single.forEachRun { patch, image, count in
            for index in 0..<count { result[patch + index] = image + index }
        }
        return result
    }

    /// The same for another number of images.
    func with(images: Int) -> PatchLayout {
        PatchLayout(
            images: images, input: input, channels: channels, kernel: kernel, dilation: dilation,
            stride: stride, padding: Padding(before: before, after: after))
    }

    /// Whether every element of every patch lies inside its image.
    var isFull: Bool {
        before.height == 0 && before.width == 0 && after.height == 0 && after.width == 0
    }
}
