internal import Autodiff

/// The last layer that adaptation to a task starts from, and the derivative back through it.
struct TaskHead<Scalar: TensorScalar>: Sendable {
    /// The computation of prototypes for a support of a size.
    private struct Prototypes: Sendable {
        let size: Int
        let inputs: Tape.Variable
        /// What each row weighs in the mean of each class.
        let shares: Tape.Variable
        let weights: Tape.Variable
        let biases: Tape.Variable
        /// The derivative of the query loss by weights and biases.
        let byWeights: Tape.Variable
        let byBiases: Tape.Variable
        var execution: Execution<Scalar>
    }

    private let network: any Network
    private let start: HeadStart
    private var prototypes: Prototypes?

    /// Prepares the start.
    ///
    /// - Parameters:
    ///   - start: What the last layer starts from.
    ///   - network: The model, whose last layer has a weight and a bias.
    init(_ start: HeadStart, of network: any Network) {
        self.start = start
        self.network = network
    }

    private var entries: (weight: ParameterLayout.Entry, bias: ParameterLayout.Entry) {
        let all = network.parameters.entries
        return (all[all.count - 2], all[all.count - 1])
    }

    /// Sets the last layer.
    ///
    /// - Parameters:
    ///   - parameters: The flat vector.
    ///   - support: The task's support.
    mutating func set(_ parameters: inout [Scalar], support: LabeledSamples<Scalar>) {
        switch start {
        case .own: return
        case .shared: average(&parameters)
        case .prototypes:
            let shown = SupportCounts(support, classCount: network.classCount).shown
            var prototypes = prepared(for: support)
            prototypes.execution.run(parameters: parameters)
            copy(
                prototypes.execution.elements(of: prototypes.weights),
                prototypes.execution.elements(of: prototypes.biases), of: shown, to: &parameters)
            self.prototypes = prototypes
        }
    }

    /// Takes the derivative by the parameters with this last layer back to the model's own.
    ///
    /// - Parameters:
    ///   - adjoint: The derivative, a flat vector.
    ///   - parameters: The parameters of the task.
    ///   - support: The task's support.
    mutating func pullBack(
        _ adjoint: inout [Scalar], at parameters: [Scalar], support: LabeledSamples<Scalar>
    ) {
        switch start {
        case .own: return
        case .shared: average(&adjoint)
        case .prototypes:
            let shown = SupportCounts(support, classCount: network.classCount).shown
            let (weight, bias) = (Array(adjoint[entries.weight.range]), adjoint[entries.bias.range])
            let width = weight.count / network.classCount
            var prototypes = prepared(for: support)
            prototypes.execution.withInput(prototypes.byWeights) { values in
                for index in values.indices where shown.contains(index / width) {
                    values[index] = weight[index]
                }
            }
            prototypes.execution.withInput(prototypes.byBiases) { values in
                for label in shown { values[label] = bias[bias.startIndex + label] }
            }
            let zeros = [Scalar](repeating: 0, count: weight.count)
            copy(zeros, Array(zeros.prefix(network.classCount)), of: shown, to: &adjoint)
            prototypes.execution.run(parameters: parameters)
            prototypes.execution.addGradient(to: &adjoint, parameters: parameters)
            self.prototypes = prototypes
        }
    }

    /// Puts the mean of all classes' numbers in place of each one's: its own transpose.
    private func average(_ values: inout [Scalar]) {
        let classes = network.classCount
        for range in [entries.weight.range, entries.bias.range] {
            let width = range.count / classes
            for column in 0..<width {
                let places = (0..<classes).map { range.lowerBound + $0 * width + column }
                let mean = places.reduce(0) { $0 + values[$1] } / Scalar(classes)
                for place in places { values[place] = mean }
            }
        }
    }

    private func copy(
        _ weights: [Scalar], _ biases: [Scalar], of shown: [Int], to values: inout [Scalar]
    ) {
        let width = weights.count / network.classCount
        for label in shown {
            for column in label * width..<(label + 1) * width {
                values[entries.weight.range.lowerBound + column] = weights[column]
            }
            values[entries.bias.range.lowerBound + label] = biases[label]
        }
    }

    /// The computation with a support in place and no derivative asked for.
    private func prepared(for support: LabeledSamples<Scalar>) -> Prototypes {
        let fitting = prototypes.flatMap { $0.size == support.count ? $0 : nil }
        var result = fitting ?? recorded(size: support.count)
        let classes = network.classCount
        let counts = SupportCounts(support, classCount: classes)
        result.execution.withInput(result.inputs) { rows in
            support.gather(Array(0..<support.count)[...], into: &rows)
        }
        result.execution.withInput(result.shares) { values in
            values = counts.meanWeights(of: Array(0..<classes)).map { Scalar($0) }
        }
        for input in [result.byWeights, result.byBiases] {
            result.execution.withInput(input) { values in
                for index in values.indices { values[index] = 0 }
            }
        }
        return result
    }

    private func recorded(size: Int) -> Prototypes {
        let classes = network.classCount
        var tape = Tape()
        let inputs = tape.input([size, network.inputWidth])
        let logits = network.record(on: &tape, input: inputs)
        guard let features = tape.operand(ofLinear: logits) else {
            preconditionFailure("the model \(network.name) does not end in a linear layer")
        }
        let shares = tape.input([classes, size])
        let means = tape.product(.plain(shares), .plain(features))
        let weights = tape.scale(means, by: 2)
        let biases = tape.scale(tape.rowProducts(means, means), by: -1)
        let byWeights = tape.input(tape.shape(of: weights))
        let byBiases = tape.input([classes])
        let loss = tape.add(
            tape.sum(tape.multiply(byWeights, weights)),
            tape.sum(tape.multiply(byBiases, biases)))
        return Prototypes(
            size: size, inputs: inputs, shares: shares, weights: weights, biases: biases,
            byWeights: byWeights, byBiases: byBiases,
            execution: Execution(Gradient(of: loss, on: tape), keeping: [weights, biases]))
    }
}

extension Network {
    /// Whether it ends in a linear layer for its classes.
    var endsInLinearLayer: Bool {
        var tape = Tape()
        let input = tape.input([1, inputWidth])
        let output = record(on: &tape, input: input)
        let entries = parameters.entries
        guard let features = tape.operand(ofLinear: output), entries.count >= 2 else {
            return false
        }
        let width = tape.shape(of: features)[1]
        return entries[entries.count - 2].shape == [classCount, width]
            && entries[entries.count - 1].shape == [classCount]
    }
}
