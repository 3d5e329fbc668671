package import Autodiff

extension HeadedNetwork {
    /// Rows whose features are computed at once.
    private static var batch: Int { 64 }

    /// Features of a row.
    package var featureCount: Int { base.classCount }

    /// What the head makes of a support: the numbers of its ``ClosedFormHead/fittedNumbers(width:classCount:)``
    /// one after the other.
    ///
    /// - Parameters:
    ///   - parameters: The parameters of the network and the head.
    ///   - support: Rows with their classes; `nil` when nothing of a person is known, for heads that
    ///     decide without.
    /// - Returns: The numbers; not all finite when the support has no solution.
    package func fitted<Scalar: TensorScalar>(
        _ parameters: [Scalar], to support: LabeledSamples<Scalar>?
    ) -> [Scalar] {
        precondition(support != nil || head.decidesWithoutSupport, "the head needs a support")
        let counts =
            support.map { SupportCounts($0, classCount: classCount) }
            ?? SupportCounts(labels: [], classCount: classCount)
        var tape = Tape()
        let own = declareOwnParameters(on: &tape)
        let rowCount = counts.labels.count
        let rows = tape.input([head.turns.count * rowCount, featureCount])
        var recorder = HeadRecorder(
            tape, HeadShape(counts, query: 0), classCount: classCount, parameters: own)
        let fitted = head.recordFit(&recorder, support: rows)
        var total = recorder.tape.sum(fitted[0])
        for variable in fitted.dropFirst() {
            total = recorder.tape.add(total, recorder.tape.sum(variable))
        }
        var execution = Execution<Scalar>(
            Gradient(of: total, on: recorder.tape), keeping: fitted)
        if let support {
            let values = features(parameters, of: support)
            execution.withInput(rows) { $0 = values }
        }
        for constant in recorder.constants {
            execution.withInput(constant.variable) {
                $0 = constant.values(counts).map { Scalar($0) }
            }
        }
        execution.run(parameters: Array(parameters[base.parameters.count...]))
        return fitted.flatMap(execution.elements)
    }

    /// The features of samples in each turn, `[turns · samples × features]`, turn after turn.
    private func features<Scalar: TensorScalar>(
        _ parameters: [Scalar], of samples: LabeledSamples<Scalar>
    ) -> [Scalar] {
        let (turns, width) = (head.turns.count, featureCount)
        var result = [Scalar](repeating: 0, count: turns * samples.count * width)
        var batch = FeatureBatch<Scalar>(self, size: min(Self.batch, samples.count))
        let order = Array(0..<samples.count)
        for start in stride(from: 0, to: samples.count, by: Self.batch) {
            let part = order[start..<min(start + Self.batch, samples.count)]
            if part.count != batch.size { batch = FeatureBatch(self, size: part.count) }
            let values = batch.features(parameters, of: samples, part)
            for turn in 0..<turns {
                let target = (turn * samples.count + start) * width
                let source = turn * part.count * width
                for index in 0..<part.count * width {
                    result[target + index] = values[source + index]
                }
            }
        }
        return result
    }
}

/// The features of batches of one size.
private struct FeatureBatch<Scalar: TensorScalar> {
    /// Rows of a batch.
    let size: Int
    private let network: HeadedNetwork
    private let recorded: HeadedNetwork.RecordedRows
    private var execution: Execution<Scalar>

    init(_ network: HeadedNetwork, size: Int) {
        self.size = size
        self.network = network
        var tape = Tape()
        recorded = network.recordFeatures(
            on: &tape, count: network.head.turns.count * size, HeadShape(query: size))
        var recorder = recorded.recorder
        let total = recorder.tape.sum(recorded.features)
        execution = Execution(
            Gradient(of: total, on: recorder.tape), keeping: [recorded.features])
        let counts = SupportCounts(labels: [], classCount: network.classCount)
        for constant in recorder.constants {
            execution.withInput(constant.variable) {
                $0 = constant.values(counts).map { Scalar($0) }
            }
        }
    }

    /// `[turns · rows × features]`, turn after turn.
    mutating func features(
        _ parameters: [Scalar], of samples: LabeledSamples<Scalar>, _ part: ArraySlice<Int>
    ) -> [Scalar] {
        var plain = [Scalar](repeating: 0, count: size * network.inputWidth)
        samples.gather(part, into: &plain)
        let rows = network.turned(plain, [0..<size])
        execution.withInput(recorded.inputs) { $0 = rows }
        if let amplitudes = recorded.amplitudes {
            let values = network.amplitudes(rows)
            execution.withInput(amplitudes) { $0 = values }
        }
        execution.run(parameters: parameters)
        return execution.elements(of: recorded.features)
    }
}
