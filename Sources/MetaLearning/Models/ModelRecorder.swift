public import Autodiff

/// Records a model's layers on a tape and lists their parameters with the names and the initial
/// values that PyTorch gives them.
public struct ModelRecorder: Sendable {
    /// How a parameter starts.
    enum Initialization: Sendable, Hashable {
        /// Uniformly from −bound to bound.
        case uniform(bound: Double)
        /// The same number everywhere.
        case constant(Double)
        /// The Euclidean length of each row of the parameter recorded `distance` places before.
        case rowLengths(distance: Int)
    }

    /// The computation so far.
    public var tape: Tape
    private(set) var parameters: [(name: String, shape: Shape, start: Initialization)] = []
    /// Whether rows of a batch depend on each other.
    private(set) var readsBatchStatistics = false
    /// The rank of what is added to each weight; `nil` for nothing. See ``LowRankNetwork``.
    var addedRank: Int?

    /// Goes on with a tape.
    public init(_ tape: Tape = Tape()) {
        self.tape = tape
    }

    /// Records `x Wᵀ + b`, PyTorch's `Linear`.
    ///
    /// - Parameters:
    ///   - name: The layer's name; its parameters are `name.weight` and `name.bias`.
    ///   - x: `[rows, inputs]`.
    ///   - outputs: Numbers of a row of the result.
    /// - Returns: `[rows, outputs]`.
    public mutating func linear(
        _ name: String, _ x: Tape.Variable, outputs: Int
    ) -> Tape.Variable {
        let inputs = tape.shape(of: x)[1]
        let start = Initialization.uniform(bound: 1 / Double(inputs).squareRoot())
        let weight = parameter("\(name).weight", [outputs, inputs], start)
        let bias = parameter("\(name).bias", [outputs], start)
        return tape.linear(x, weight: weight, bias: bias)
    }

    /// Records a convolution, PyTorch's `Conv1d` or `Conv2d`.
    ///
    /// - Parameters:
    ///   - name: The layer's name.
    ///   - x: Images with channels last.
    ///   - layout: The images and the kernel.
    ///   - filters: Channels of the result.
    ///   - dimensions: 1 for a signal, 2 for images: the rank of the kernel in the file.
    ///   - hasBias: Whether something is added to each filter's result.
    /// - Returns: `[patches, filters]`: images with channels last.
    public mutating func convolution(
        _ name: String, _ x: Tape.Variable, _ layout: PatchLayout, filters: Int,
        dimensions: Int = 1, hasBias: Bool = true
    ) -> Tape.Variable {
        let start = Initialization.uniform(bound: 1 / Double(layout.patchWidth).squareRoot())
        let weight = parameter(
            "\(name).weight", Self.kernelShape(layout, filters, dimensions), start)
        let bias = hasBias ? parameter("\(name).bias", [filters], start) : nil
        return tape.convolution(x, layout, weight: weight, bias: bias)
    }

    /// Records a convolution over signals whose kernel is weight-normalized, PyTorch's
    /// `weight_norm(Conv1d(…))`.
    public mutating func normalizedConvolution(
        _ name: String, _ x: Tape.Variable, _ layout: PatchLayout, filters: Int
    ) -> Tape.Variable {
        let start = Initialization.uniform(bound: 1 / Double(layout.patchWidth).squareRoot())
        let bias = parameter("\(name).bias", [filters], start)
        // The lengths stand before the directions, and are theirs.
        let length = parameter(
            "\(name).weight_g", [filters, 1, 1], .rowLengths(distance: -1))
        let direction = parameter(
            "\(name).weight_v", Self.kernelShape(layout, filters, 1), start)
        return tape.convolution(
            x, layout, weight: tape.weightNorm(direction: direction, length: length), bias: bias)
    }

    /// Records layer normalization over the rows of a matrix, PyTorch's `LayerNorm`.
    public mutating func layerNorm(_ name: String, _ x: Tape.Variable) -> Tape.Variable {
        let width = tape.shape(of: x)[1]
        let weight = parameter("\(name).weight", [width], .constant(1))
        let bias = parameter("\(name).bias", [width], .constant(0))
        return tape.layerNorm(x, weight: weight, bias: bias)
    }

    /// Records batch normalization by the statistics of the batch, PyTorch's `BatchNorm1d` or
    /// `BatchNorm2d` with `track_running_stats=False`.
    ///
    /// - Parameters:
    ///   - name: The layer's name; its parameters are `name.weight`, from 1, and `name.bias`, from 0.
    ///   - x: `[rows, columns]`: a row for each sample, or for each pixel of each image.
    /// - Returns: `[rows, columns]`.
    public mutating func batchNorm(_ name: String, _ x: Tape.Variable) -> Tape.Variable {
        readsBatchStatistics = true
        let width = tape.shape(of: x)[1]
        let weight = parameter("\(name).weight", [width], .constant(1))
        let bias = parameter("\(name).bias", [width], .constant(0))
        return tape.batchNorm(x, weight: weight, bias: bias)
    }

    /// Declares a parameter.
    mutating func parameter(
        _ name: String, _ shape: Shape, _ start: Initialization
    ) -> Tape.Variable {
        parameters.append((name, shape, start))
        let value = tape.parameter(shape)
        guard let rank = addedRank, shape.rank >= 2, !name.hasSuffix("weight_g") else {
            return value
        }
        let width = shape.count / shape[0]
        let bound = 1 / Double(width).squareRoot()
        parameters.append(("\(name).low_rank_a", [rank, width], .uniform(bound: bound)))
        let right = tape.parameter([rank, width])
        parameters.append(("\(name).low_rank_b", [shape[0], rank], .constant(0)))
        let left = tape.parameter([shape[0], rank])
        return tape.add(
            value, tape.reshape(tape.product(.plain(left), .plain(right)), to: shape))
    }

    private static func kernelShape(
        _ layout: PatchLayout, _ filters: Int, _ dimensions: Int
    ) -> Shape {
        dimensions == 1
            ? [filters, layout.channels, layout.kernel.width]
            : [filters, layout.channels, layout.kernel.height, layout.kernel.width]
    }
}
