package import Autodiff

/// A model's loss on batches of samples as a function of its flat parameters.
///
/// One recorded computation for each batch size in use; a run refers to the batch loaded last.
package struct Objective<Scalar: TensorScalar>: Sendable {
    /// Where on a recording's tape things are, and what is asked for often.
    private struct Places: Sendable {
        let size: Int
        /// Of a closed-form head, what else the recording depends on.
        let shape: HeadShape?
        let recordCount: Int
        let hasMasks: Bool
        let gradientReadsParameters: Bool
        let inputs: Tape.Variable
        /// What a closed-form head works on besides.
        let head: HeadedNetwork.Recording?
        let targets: Tape.Variable
        let weights: Tape.Variable
        let logits: Tape.Variable
        /// The support's classes by which a closed-form head's constants were set last.
        var counts: SupportCounts?
        var lastUse: Int
    }

    /// Batch sizes a task needs at once: support, its rest, query and its rest.
    private static var capacity: Int { 4 }

    private let network: any Network
    /// The same, when it has a closed-form head.
    private let headed: HeadedNetwork?
    private let loss: Loss
    /// The recordings' places and numbers, in lists of their own: an execution is a large value,
    /// and reading one through `span` does not copy it.
    private var places: [Places] = []
    private var executions: [Execution<Scalar>] = []
    private var current = 0
    private var loads = 0

    /// Creates the objective of a model.
    package init(_ network: any Network, loss: Loss = .crossEntropy) {
        self.network = network
        headed = network as? HeadedNetwork
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
    ///   - support: What a closed-form head adapts on; `nil` for models without.
    package mutating func load(
        _ samples: LabeledSamples<Scalar>, _ batch: ArraySlice<Int>,
        weighedBy minibatches: Minibatches, times factor: Double = 1, masks: UInt64? = nil,
        given support: LabeledSamples<Scalar>? = nil
    ) {
        if let headed, let support {
            load(support, of: headed, samples, batch)
        } else {
            select(size: batch.count)
            executions[current].withInput(places[current].inputs) { rows in
                samples.gather(batch, into: &rows)
            }
        }
        setTargets(samples, batch) { factor * minibatches.weight(of: batch.startIndex + $0) }
        setMasks(masks)
    }

    /// Gathers a batch of which the first sample alone counts.
    ///
    /// - Parameters:
    ///   - samples: Where from.
    ///   - batch: The samples' places.
    ///   - weight: What the first one weighs in the loss.
    ///   - masks: Names the draw of dropout's masks; `nil` for none.
    mutating func load(
        _ samples: LabeledSamples<Scalar>, _ batch: [Int], weighingFirst weight: Double,
        masks: UInt64?
    ) {
        select(size: batch.count)
        executions[current].withInput(places[current].inputs) { rows in
            samples.gather(batch[...], into: &rows)
        }
        setTargets(samples, batch[...]) { $0 == 0 ? weight : 0 }
        setMasks(masks)
    }

    /// Sets the targets of a batch's rows, each with its weight.
    private mutating func setTargets(
        _ samples: LabeledSamples<Scalar>, _ batch: ArraySlice<Int>,
        weighing weight: (_ row: Int) -> Double
    ) {
        let (place, outputs) = (places[current], network.classCount)
        switch loss.targets {
        case .classes:
            executions[current].withInput(place.targets) { targets in
                for index in targets.indices { targets[index] = 0 }
                for (row, sample) in batch.enumerated() {
                    targets[row * outputs + samples.label(of: sample)] = Scalar(weight(row))
                }
            }
        case .values:
            executions[current].withInput(place.targets) { targets in
                for (row, sample) in batch.enumerated() {
                    for index in 0..<outputs {
                        targets[row * outputs + index] = samples.target(sample * outputs + index)
                    }
                }
            }
            executions[current].withInput(place.weights) { weights in
                for row in 0..<batch.count {
                    let weight = Scalar(weight(row))
                    for index in 0..<outputs { weights[row * outputs + index] = weight }
                }
            }
        }
    }

    private mutating func setMasks(_ masks: UInt64?) {
        guard places[current].hasMasks else { return }
        if let masks {
            executions[current].drawMasks(key: masks)
        } else {
            executions[current].clearMasks()
        }
    }

    /// Gathers a support and a batch of the query for a closed-form head.
    private mutating func load(
        _ support: LabeledSamples<Scalar>, of network: HeadedNetwork,
        _ samples: LabeledSamples<Scalar>, _ batch: ArraySlice<Int>
    ) {
        let counts = SupportCounts(support, classCount: network.classCount)
        select(size: batch.count, shape: HeadShape(counts, query: batch.count))
        guard let head = places[current].head else { return }
        let rows = network.rows(support, samples, batch)
        executions[current].withInput(head.inputs) { $0 = rows }
        if let amplitudes = head.amplitudes {
            executions[current].withInput(amplitudes) { $0 = network.amplitudes(rows) }
        }
        guard places[current].counts != counts else { return }
        places[current].counts = counts
        for constant in head.constants {
            executions[current].withInput(constant.variable) {
                $0 = constant.values(counts).map { Scalar($0) }
            }
        }
    }

    /// Computes the loss of the loaded batch.
    package mutating func run(parameters: [Scalar]) -> Scalar {
        executions[current].run(parameters: parameters)
        return executions.span[current].loss
    }

    /// How many samples of the last run have their largest logit at their class.
    package func correctCount(
        _ samples: LabeledSamples<Scalar>, _ batch: ArraySlice<Int>
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

    /// The predicted classes of rows that stand from a place on; rows whose logits are not numbers
    /// predict nothing and are given the classes in turn, which is right by chance.
    func predictedClasses(count: Int, from start: Int) -> [UInt8] {
        var predicted = predictedClasses(count: count)
        guard !predicted.isEmpty else { return [] }
        let (logits, classes) = (self.logits, network.classCount)
        for row in 0..<count
        where logits[row * classes..<(row + 1) * classes].contains(where: \.isNaN) {
            predicted[row] = UInt8((start + row) % classes)
        }
        return predicted
    }

    /// The logits of the last run, row by row.
    package var logits: [Scalar] {
        executions.span[current].elements(of: places[current].logits)
    }

    /// Whether the model has dropout.
    var hasMasks: Bool { places.first?.hasMasks ?? true }

    /// Numbers in a record of a run on a batch of a size.
    mutating func recordCount(size: Int) -> Int {
        select(size: size)
        return places[current].recordCount
    }

    /// Numbers of the parameters that derivatives of a run on a batch of a size read.
    mutating func readCount(size: Int) -> Int {
        select(size: size)
        return parametersRead.reduce(0) { $0 + $1.count }
    }

    /// Exchanges the last run's values with a record's; see ``Execution``.
    mutating func exchange(_ record: inout StepRecord<Scalar>) {
        executions[current].exchange(&record)
    }

    /// The parts of the flat vector that must have their values for derivatives.
    var parametersRead: [Range<Int>] { executions.span[current].parametersRead }

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
        if places[current].gradientReadsParameters {
            executions[current].forEachGradientBlock(
                parameters: parameters(), within: part, body)
        } else {
            executions[current].forEachGradientBlock(within: part, body)
        }
    }

    /// Adds the last run's gradient to a flat vector.
    package mutating func addGradient(to result: inout [Scalar], parameters: [Scalar]) {
        executions[current].addGradient(to: &result, parameters: parameters)
    }

    /// Adds the last run's Hessian, times a direction, to a flat vector.
    mutating func multiplyHessian(
        by direction: [Scalar], parameters: [Scalar], into result: inout [Scalar]
    ) {
        executions[current].multiplyHessian(
            by: direction, parameters: parameters, into: &result)
    }

    private mutating func select(size: Int, shape: HeadShape? = nil) {
        loads += 1
        if let index = places.firstIndex(where: { $0.size == size && $0.shape == shape }) {
            current = index
        } else {
            let (place, execution) = record(size: size, shape)
            let oldest = places.indices.min { places[$0].lastUse < places[$1].lastUse }
            if places.count >= Self.capacity, let oldest {
                places[oldest] = place
                executions[oldest] = execution
                current = oldest
            } else {
                places.append(place)
                executions.append(execution)
                current = places.count - 1
            }
        }
        places[current].lastUse = loads
    }

    private func record(size: Int, _ shape: HeadShape?) -> (Places, Execution<Scalar>) {
        var tape = Tape()
        let targets = tape.input([size, network.classCount])
        let weights = tape.input([size, network.classCount])
        let head = shape.flatMap { headed?.record(on: &tape, $0) }
        let inputs = head?.inputs ?? tape.input([size, network.inputWidth])
        let logits = head?.logits ?? network.record(on: &tape, input: inputs)
        let loss = loss.record(&tape, logits, targets, weights)
        let execution = Execution<Scalar>(Gradient(of: loss, on: tape), keeping: [logits])
        let places = Places(
            size: size, shape: shape, recordCount: execution.recordCount,
            hasMasks: execution.hasMasks,
            gradientReadsParameters: execution.gradientReadsParameters, inputs: inputs,
            head: head, targets: targets, weights: weights, logits: logits, lastUse: loads)
        return (places, execution)
    }
}
