package import Autodiff

/// The model `transformer`: one encoder layer over a window's samples as tokens (Vaswani et al.
/// 2017, normalization after each part), then fully connected layers.
///
/// Parameters are called as in PyTorch's `Sequential(TransformerEncoderLayer, Flatten, Linear,
/// ReLU, Linear, …)`: `net.0.self_attn.in_proj_weight`, …, `net.2.weight`, `net.4.weight`, …
package struct TransformerNetwork: LayeredNetwork {
    /// The name in configurations and checkpoints.
    package var name: String { "transformer" }
    /// Windows are read sample by sample: one token a sample.
    package var layout: WindowSet.Layout { .timeMajor }
    /// Numbers of a window.
    package var inputWidth: Int { channelCount * windowLength }
    /// Channels of a window, the width of a token.
    package let channelCount: Int
    /// Samples of a window.
    package let windowLength: Int
    /// Heads of the attention, a divisor of the channels.
    package let heads: Int
    /// Width of the feed-forward part.
    package let feedForward: Int
    /// The probability that dropout sets an element to zero.
    package let dropout: Double
    /// Sizes of the hidden layers after the encoder layer.
    package let hidden: [Int]
    /// Classes it distinguishes, or numbers it puts out.
    package let classCount: Int
    /// Its parameters and how they start.
    package private(set) var plan = ModelPlan(ModelRecorder())

    /// Creates the model.
    ///
    /// - Parameters:
    ///   - definition: The sizes of its layers; its heads divide the channels.
    ///   - channelCount: Channels of a window.
    ///   - windowLength: Samples of a window.
    ///   - classCount: Classes, or numbers put out.
    package init(
        _ definition: Transformer = Transformer(), channelCount: Int, windowLength: Int,
        classCount: Int
    ) {
        precondition(
            definition.heads >= 1 && channelCount.isMultiple(of: definition.heads),
            "\(channelCount) channels cannot be shared by \(definition.heads) heads")
        self.channelCount = channelCount
        self.windowLength = windowLength
        heads = definition.heads
        feedForward = definition.feedForward
        dropout = definition.dropout
        hidden = definition.hidden
        self.classCount = classCount
        plan = makePlan()
    }

    /// Records the encoder layer, flattening and fully connected layers.
    package func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable {
        let windows = recorder.tape.shape(of: input)[0]
        let tokens = recorder.tape.reshape(input, to: [windows * windowLength, channelCount])
        let attended = attention(&recorder, tokens, windows)
        // PyTorch lists the feed-forward part before the normalizations.
        let layers = Layers(&recorder, width: channelCount, feedForward: feedForward)
        let first = layers.normalized(
            &recorder.tape,
            recorder.tape.add(tokens, recorder.tape.dropout(attended, rate: dropout)), 0)
        var value = recorder.tape.relu(layers.expanded(&recorder.tape, first))
        value = layers.contracted(
            &recorder.tape, recorder.tape.dropout(value, rate: dropout))
        value = layers.normalized(
            &recorder.tape,
            recorder.tape.add(first, recorder.tape.dropout(value, rate: dropout)), 1)
        value = recorder.tape.reshape(value, to: [windows, windowLength * channelCount])
        for (index, width) in (hidden + [classCount]).enumerated() {
            if index > 0 { value = recorder.tape.relu(value) }
            value = recorder.linear("net.\(2 * index + 2)", value, outputs: width)
        }
        return value
    }

    private func attention(
        _ recorder: inout ModelRecorder, _ tokens: Tape.Variable, _ windows: Int
    ) -> Tape.Variable {
        let width = channelCount
        let name = "net.0.self_attn"
        // Xavier's uniform bound for the joined projection.
        let bound = (6 / Double(4 * width)).squareRoot()
        let weight = recorder.parameter(
            "\(name).in_proj_weight", [3 * width, width], .uniform(bound: bound))
        let bias = recorder.parameter("\(name).in_proj_bias", [3 * width], .constant(0))
        let outWeight = recorder.parameter(
            "\(name).out_proj.weight", [width, width],
            .uniform(bound: 1 / Double(width).squareRoot()))
        let outBias = recorder.parameter("\(name).out_proj.bias", [width], .constant(0))

        let size = width / heads
        let projected = recorder.tape.linear(tokens, weight: weight, bias: bias)
        let sorted = recorder.tape.permute(
            projected,
            Permutation(
                extents: [windows, windowLength, 3, heads, size], order: [2, 0, 3, 1, 4]))
        let stack = Shape([windows * heads, windowLength, size])
        let query = recorder.tape.slice(sorted, from: 0, as: stack)
        let key = recorder.tape.slice(sorted, from: stack.count, as: stack)
        let value = recorder.tape.slice(sorted, from: 2 * stack.count, as: stack)
        let scores = recorder.tape.softmax(
            recorder.tape.batchedProduct(
                .plain(recorder.tape.scale(query, by: 1 / Double(size).squareRoot())),
                .transposed(key)))
        let mixed = recorder.tape.batchedProduct(
            .plain(recorder.tape.dropout(scores, rate: dropout)), .plain(value))
        let joined = recorder.tape.permute(
            mixed,
            Permutation(extents: [windows, heads, windowLength, size], order: [0, 2, 1, 3]),
            as: [windows * windowLength, width])
        return recorder.tape.linear(joined, weight: outWeight, bias: outBias)
    }

    /// The parameters of the feed-forward part and the normalizations, in PyTorch's order.
    private struct Layers {
        private let weights: [Tape.Variable]

        init(_ recorder: inout ModelRecorder, width: Int, feedForward: Int) {
            let (narrow, wide) = (
                1 / Double(width).squareRoot(), 1 / Double(feedForward).squareRoot()
            )
            let list: [(String, Shape, ModelRecorder.Initialization)] = [
                ("linear1.weight", [feedForward, width], .uniform(bound: narrow)),
                ("linear1.bias", [feedForward], .uniform(bound: narrow)),
                ("linear2.weight", [width, feedForward], .uniform(bound: wide)),
                ("linear2.bias", [width], .uniform(bound: wide)),
                ("norm1.weight", [width], .constant(1)), ("norm1.bias", [width], .constant(0)),
                ("norm2.weight", [width], .constant(1)), ("norm2.bias", [width], .constant(0)),
            ]
            weights = list.map { name, shape, start in
                recorder.parameter("net.0.\(name)", shape, start)
            }
        }

        func expanded(_ tape: inout Tape, _ x: Tape.Variable) -> Tape.Variable {
            tape.linear(x, weight: weights[0], bias: weights[1])
        }

        func contracted(_ tape: inout Tape, _ x: Tape.Variable) -> Tape.Variable {
            tape.linear(x, weight: weights[2], bias: weights[3])
        }

        func normalized(_ tape: inout Tape, _ x: Tape.Variable, _ which: Int) -> Tape.Variable {
            tape.layerNorm(x, weight: weights[4 + 2 * which], bias: weights[5 + 2 * which])
        }
    }
}
