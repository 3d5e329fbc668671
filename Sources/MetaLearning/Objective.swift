package import Autodiff

/// A model's loss on batches of samples as a function of its flat parameters.
///
/// One recorded computation for each batch size in use; a run refers to the batch loaded last.
package struct Objective<Scalar: TensorScalar>: Sendable {
    private struct Recording: Sendable {
        let size: Int
        let inputs: Tape.Variable
        let targets: Tape.Variable
        let weights: Tape.Variable
        let logits: Tape.Variable
        var execution: Execution<Scalar>
        var lastUse: Int
    }

    /// Batch sizes a task needs at once: support, its rest, query and its rest.
    private static var capacity: Int { 4 }

    private let network: any Network
    private let loss: Loss
    private var recordings: [Recording] = []
    private var current = 0
    private var loads = 0

    /// Creates the objective of a model.
    package init(_ network: any Network, loss: Loss = .crossEntropy) {
        self.network = network
        self.loss = loss
    }

    /// Gathers a batch.
    ///
    /// - Parameters:
    ///   - samples: Where from.
    ///   - batch: The samples' places, a part of an order of all of them.
    ///   - minibatches: How that order is cut; says what each sample weighs in the loss.
    ///   - factor: What the loss is multiplied by.
    ///   - masks: Names the draw of dropout's masks; `nil` for none.
    package mutating func load(
        _ samples: LabelledSamples<Scalar>, _ batch: ArraySlice<Int>,
        weighedBy minibatches: Minibatches, times factor: Double = 1, masks: UInt64? = nil
    ) {
        select(size: batch.count)
        let outputs = network.classCount
        let (inputs, targets) = (recordings[current].inputs, recordings[current].targets)
        recordings[current].execution.withInput(inputs) { rows in
            samples.gather(batch, into: &rows)
        }
        switch loss.targets {
        case .classes:
            recordings[current].execution.withInput(targets) { targets in
                for index in targets.indices { targets[index] = 0 }
                for (row, place) in batch.indices.enumerated() {
                    targets[row * outputs + samples.label(of: batch[place])] = Scalar(
                        factor * minibatches.weight(of: place))
                }
            }
        case .values:
            recordings[current].execution.withInput(targets) { targets in
                for (row, sample) in batch.enumerated() {
                    for index in 0..<outputs {
                        targets[row * outputs + index] = samples.target(sample * outputs + index)
                    }
                }
            }
            recordings[current].execution.withInput(recordings[current].weights) { weights in
                for (row, place) in batch.indices.enumerated() {
                    let weight = Scalar(factor * minibatches.weight(of: place))
                    for index in 0..<outputs { weights[row * outputs + index] = weight }
                }
            }
        }
        guard recordings[current].execution.hasMasks else { return }
        if let masks {
            recordings[current].execution.drawMasks(key: masks)
        } else {
            recordings[current].execution.clearMasks()
        }
    }

    /// Computes the loss of the loaded batch.
    package mutating func run(parameters: [Scalar]) -> Scalar {
        recordings[current].execution.run(parameters: parameters)
        return recordings[current].execution.loss
    }

    /// How many samples of the last run have their largest logit at their class.
    package func correctCount(
        _ samples: LabelledSamples<Scalar>, _ batch: ArraySlice<Int>
    ) -> Int {
        zip(predictedClasses(count: batch.count), batch).count { predicted, sample in
            Int(predicted) == samples.label(of: sample)
        }
    }

    /// The class of the largest logit of each of the last run's first rows; none when the model
    /// puts out values.
    func predictedClasses(count: Int) -> [UInt8] {
        guard loss.targets == .classes else { return [] }
        let logits = self.logits
        let classes = network.classCount
        return (0..<count).map { row in
            var best = row * classes
            for index in row * classes..<(row + 1) * classes where logits[index] > logits[best] {
                best = index
            }
            return UInt8(best - row * classes)
        }
    }

    /// The logits of the last run, row by row.
    package var logits: [Scalar] {
        recordings[current].execution.elements(of: recordings[current].logits)
    }

    /// Whether the model has dropout.
    var hasMasks: Bool { recordings.first?.execution.hasMasks ?? true }

    /// Numbers in a record of a run on a batch of a size.
    mutating func recordCount(size: Int) -> Int {
        select(size: size)
        return recordings[current].execution.recordCount
    }

    /// Exchanges the last run's values with a record's; see ``Execution``.
    mutating func exchange(_ record: inout StepRecord<Scalar>) {
        recordings[current].execution.exchange(&record)
    }

    /// The parts of the flat vector that must have their values for derivatives.
    var parametersRead: [Range<Int>] { recordings[current].execution.parametersRead }

    /// Gives the last run's gradient block by block.
    ///
    /// - Parameters:
    ///   - parameters: The parameters of that run; looked at only when the gradient needs them, so
    ///     that `body` can change them in place.
    ///   - part: The part of the flat vector that is wanted; all of it when left out.
    ///   - body: Called with consecutive blocks.
    mutating func forEachGradientBlock(
        at parameters: @autoclosure () -> [Scalar], within part: Range<Int>? = nil,
        _ body: (Range<Int>, Span<Scalar>) -> Void
    ) {
        if recordings[current].execution.gradientReadsParameters {
            recordings[current].execution.forEachGradientBlock(
                parameters: parameters(), within: part, body)
        } else {
            recordings[current].execution.forEachGradientBlock(within: part, body)
        }
    }

    /// Adds the last run's gradient to a flat vector.
    package func addGradient(to result: inout [Scalar], parameters: [Scalar]) {
        recordings[current].execution.addGradient(to: &result, parameters: parameters)
    }

    /// Adds the last run's Hessian, times a direction, to a flat vector.
    mutating func multiplyHessian(
        by direction: [Scalar], parameters: [Scalar], into result: inout [Scalar]
    ) {
        recordings[current].execution.multiplyHessian(
            by: direction, parameters: parameters, into: &result)
    }

    private mutating func select(size: Int) {
        loads += 1
        if let index = recordings.firstIndex(where: { $0.size == size }) {
            current = index
        } else {
            let recording = record(size: size)
            let oldest = recordings.indices.min { recordings[$0].lastUse < recordings[$1].lastUse }
            if recordings.count >= Self.capacity, let oldest {
                recordings[oldest] = recording
                current = oldest
            } else {
                recordings.append(recording)
                current = recordings.count - 1
            }
        }
        recordings[current].lastUse = loads
    }

    private func record(size: Int) -> Recording {
        var tape = Tape()
        let inputs = tape.input([size, network.inputWidth])
        let targets = tape.input([size, network.classCount])
        let weights = tape.input([size, network.classCount])
        let logits = network.record(on: &tape, input: inputs)
        let loss = loss.record(&tape, logits, targets, weights)
        return Recording(
            size: size, inputs: inputs, targets: targets, weights: weights, logits: logits,
            execution: Execution(Gradient(of: loss, on: tape)), lastUse: loads)
    }
}
