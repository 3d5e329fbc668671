public import Autodiff
public import SeededRandom

/// The model `dnn`: fully connected layers with ReLU between them.
///
/// A window is flattened channel by channel (element `c * windowLength + t`); layers are called
/// `linear1`, `linear2`, … with PyTorch's `weight` `[out, in]` and `bias` `[out]`.
public struct DenseNetwork: Network {
    /// The name in configurations and checkpoints.
    public var name: String { "dnn" }
    /// Windows are read channel by channel.
    public var layout: WindowSet.Layout { .channelMajor }
    /// Numbers of a window.
    public let inputWidth: Int
    /// Sizes of the hidden layers.
    public let hidden: [Int]
    /// Classes it tells apart.
    public let classCount: Int
    /// Its parameters.
    public let parameters: ParameterLayout

    /// Creates the model.
    ///
    /// - Parameters:
    ///   - inputWidth: Numbers of a window, channels × samples, at least 1.
    ///   - hidden: Sizes of the hidden layers, each at least 1; none for a linear model.
    ///   - classCount: Classes, at least 1.
    public init(inputWidth: Int, hidden: [Int], classCount: Int) {
        let widths = [inputWidth] + hidden + [classCount]
        precondition(widths.allSatisfy { $0 >= 1 }, "widths must be at least 1, got \(widths)")
        self.inputWidth = inputWidth
        self.hidden = hidden
        self.classCount = classCount
        parameters = ParameterLayout(
            zip(widths, widths.dropFirst()).enumerated().flatMap { index, pair in
                [
                    (name: "linear\(index + 1).weight", shape: Shape([pair.1, pair.0])),
                    (name: "linear\(index + 1).bias", shape: Shape([pair.1])),
                ]
            })
    }

    /// Records `linear`, ReLU, `linear`, … on a tape.
    public func record(on tape: inout Tape, input: Tape.Variable) -> Tape.Variable {
        var width = inputWidth
        var value = input
        for (index, next) in (hidden + [classCount]).enumerated() {
            if index > 0 { value = tape.relu(value) }
            let weight = tape.parameter([next, width])
            value = tape.linear(value, weight: weight, bias: tape.parameter([next]))
            width = next
        }
        return value
    }

    /// Draws weights and biases uniformly from ±1/√inputs, PyTorch's default for `Linear`.
    public func initialValues(from generator: inout SeededGenerator) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(parameters.count)
        var width = inputWidth
        for next in hidden + [classCount] {
            let bound = 1 / Double(width).squareRoot()
            for _ in 0..<(next * width + next) {
                values.append(generator.uniform(in: -bound..<bound))
            }
            width = next
        }
        return values
    }
}
