package import Autodiff
package import SeededRandom

/// A network whose output is the features that a closed-form head works on.
///
/// Its parameters are the network's and, behind them, those of the head, as `head.log_scale`.
package struct HeadedNetwork: Network {
    /// The network, which puts out features.
    package let base: any Network
    /// The head.
    package let head: any ClosedFormHead
    /// What the network's output is added to.
    package let source: FeatureBase
    /// Channels of a window.
    package let channelCount: Int
    /// Classes that the head tells apart.
    package let classCount: Int
    /// The network's parameters and the head's.
    package let parameters: ParameterLayout
    /// The head's parameters, and the logarithm of what amplitudes are divided by.
    let ownParameters: [HeadParameter]

    /// The network's name.
    package var name: String { base.name }
    /// As the network wants it.
    package var layout: WindowSet.Layout { base.layout }
    /// Numbers of a window.
    package var inputWidth: Int { base.inputWidth }
    /// As the network does: support and query are one batch.
    package var readsBatchStatistics: Bool { base.readsBatchStatistics }

    /// Puts a head on a network.
    ///
    /// - Parameters:
    ///   - base: The network, which puts out features.
    ///   - head: The head.
    ///   - source: What the network's output is added to.
    ///   - channelCount: Channels of a window.
    ///   - classCount: Classes that the head tells apart.
    package init(
        _ base: any Network, head: any ClosedFormHead, source: FeatureBase = .none,
        channelCount: Int, classCount: Int
    ) {
        self.base = base
        self.head = head
        self.source = source
        self.channelCount = channelCount
        self.classCount = classCount
        ownParameters =
            head.parameters
            + (source == .logAmplitude ? [HeadParameter("log_level", .scalar, start: [0])] : [])
        parameters = ParameterLayout(
            base.parameters.entries.map { ($0.name, $0.shape) }
                + ownParameters.map { ("head.\($0.name)", $0.shape) })
    }

    /// Records the features.
    package func record(on tape: inout Tape, input: Tape.Variable) -> Tape.Variable {
        base.record(on: &tape, input: input)
    }

    /// Draws the network's parameters; its last layer is 0 where something else is there to start
    /// from.
    package func initialValues(from generator: inout SeededGenerator) -> [Double] {
        var values = base.initialValues(from: &generator)
        if source != .none {
            for index in base.parameters.lastLayers(1) { values[index] = 0 }
        }
        return values + ownParameters.flatMap(\.start)
    }

    // MARK: Support and query together

    /// A head's computation: what is set before a run, and what it gives.
    struct Recording: Sendable {
        let inputs: Tape.Variable
        /// The mean absolute value of each channel, where features start from it.
        let amplitudes: Tape.Variable?
        let constants: [HeadRecorder.Constant]
        let logits: Tape.Variable
    }

    /// Records the logits of a query, given a support.
    ///
    /// - Parameters:
    ///   - tape: Where to; it has no parameters yet.
    ///   - shape: The sizes. Inputs are the support's rows in each turn, then the query's.
    /// - Returns: The computation.
    func record(on tape: inout Tape, _ shape: HeadShape) -> Recording {
        let turns = head.turns.count
        let count = turns * (shape.support + shape.query)
        let rows = recordFeatures(on: &tape, count: count, shape)
        var recorder = rows.recorder
        let width = recorder.tape.shape(of: rows.features)[1]
        let support = recorder.tape.slice(
            rows.features, from: 0, as: [turns * shape.support, width])
        let query = recorder.tape.slice(
            rows.features, from: turns * shape.support * width, as: [turns * shape.query, width])
        let fitted = head.recordFit(&recorder, support: support)
        let logits = head.recordDecision(&recorder, fitted: fitted, query: query)
        tape = recorder.tape
        return Recording(
            inputs: rows.inputs, amplitudes: rows.amplitudes, constants: recorder.constants,
            logits: logits)
    }

    /// Features of rows, recorded.
    struct RecordedRows {
        let inputs: Tape.Variable
        /// The mean absolute value of each channel, where features start from it.
        let amplitudes: Tape.Variable?
        let features: Tape.Variable
        /// Where a head is recorded on.
        var recorder: HeadRecorder
    }

    /// Records the features of rows.
    ///
    /// - Parameters:
    ///   - tape: Where to; it has no parameters yet.
    ///   - count: Rows, in each turn.
    ///   - shape: What a head is recorded for.
    /// - Returns: What is set before a run, the features, and where the head is recorded on.
    func recordFeatures(on tape: inout Tape, count: Int, _ shape: HeadShape) -> RecordedRows {
        let inputs = tape.input([count, inputWidth])
        let output = base.record(on: &tape, input: inputs)
        let own = declareOwnParameters(on: &tape)
        var recorder = HeadRecorder(tape, shape, classCount: classCount, parameters: own)
        let amplitudes =
            source == .logAmplitude ? recorder.tape.input([count, channelCount]) : nil
        let features = recorder.sum(output, self, rows: inputs, amplitudes: amplitudes)
        return RecordedRows(
            inputs: inputs, amplitudes: amplitudes, features: features, recorder: recorder)
    }

    /// Declares the head's parameters, which stand behind the network's.
    func declareOwnParameters(on tape: inout Tape) -> [String: Tape.Variable] {
        var own: [String: Tape.Variable] = [:]
        for parameter in ownParameters {
            own[parameter.name] = tape.parameter(parameter.shape)
        }
        return own
    }
}

extension HeadRecorder {
    /// A network's output, added to what features start from.
    ///
    /// - Parameters:
    ///   - output: The output.
    ///   - network: The network with its head.
    ///   - rows: The rows.
    ///   - amplitudes: The mean absolute value of each channel of the rows, where features start from
    ///     it.
    /// - Returns: The features.
    mutating func sum(
        _ output: Tape.Variable, _ network: HeadedNetwork, rows: Tape.Variable,
        amplitudes: Tape.Variable?
    ) -> Tape.Variable {
        if let amplitudes { return tape.add(output, logarithm(of: amplitudes)) }
        return network.source == .input ? tape.add(output, rows) : output
    }

    /// `log(a / s + f)` of amplitudes; see ``LogAmplitude``.
    private mutating func logarithm(of amplitudes: Tape.Variable) -> Tape.Variable {
        let shape = tape.shape(of: amplitudes)
        let floor = constant(.scalar) { _ in [LogAmplitude.standardFloor] }
        let scale = tape.map(tape.scale(parameter("log_level"), by: -1), .exponential)
        let scaled = tape.multiply(amplitudes, tape.fill(shape, with: scale))
        return tape.map(tape.add(scaled, tape.fill(shape, with: floor)), .logarithm)
    }
}
