package import Autodiff
package import SeededRandom

/// A network with a closed-form head after a support: a network like others, of whose parameters some
/// are what the head made of the support. Nothing of the support is computed again.
///
/// Amplitudes that features start from are computed on the tape in single precision; training takes
/// their sums in double.
package struct FittedNetwork: Network {
    /// The network and its head.
    package let headed: HeadedNetwork
    /// Names and shapes of what a person changes: the network's parameters, the head's, and what it
    /// made of the support, as `fit.means`.
    package let stored: ParameterLayout
    /// The same, with numbers that are the same for all.
    package let parameters: ParameterLayout
    /// The numbers that are the same for all: those of turns, which stand first, and those behind the
    /// stored ones.
    private let constants: (first: [Float], last: [Float])

    /// The network's name.
    package var name: String { headed.name }
    /// As the network wants it.
    package var layout: WindowSet.Layout { headed.layout }
    /// Numbers of a window.
    package var inputWidth: Int { headed.inputWidth }
    /// Classes that the head tells apart.
    package var classCount: Int { headed.classCount }

    /// Prepares the network.
    ///
    /// - Parameter headed: The network and its head.
    package init(_ headed: HeadedNetwork) {
        self.headed = headed
        let fitted = headed.head.fittedNumbers(
            width: headed.featureCount, classCount: headed.classCount)
        let own =
            headed.parameters.entries.map { ($0.name, $0.shape) }
            + fitted.map { ("fit.\($0.name)", $0.shape) }
        stored = ParameterLayout(own)
        var tape = Tape()
        let input = tape.input([1, headed.inputWidth])
        let recording = Self.record(on: &tape, input: input, headed, fitted.map(\.shape))
        let counts = SupportCounts(labels: [], classCount: headed.classCount)
        let turns = headed.turnMatrix
        constants = (
            turns.map { Float($0) },
            recording.constants.flatMap { $0.values(counts).map { Float($0) } }
        )
        let (count, channels) = (headed.head.turns.count, headed.channelCount)
        parameters = ParameterLayout(
            (turns.isEmpty ? [] : [("constant.turns", [count * channels, channels])]) + own
                + recording.constants.enumerated().map {
                    ("constant.\($0)", tape.shape(of: $1.variable))
                })
    }

    /// All numbers.
    ///
    /// - Parameter values: Those of ``stored``.
    /// - Returns: Those of ``parameters``.
    package func values(_ values: [Float]) -> Parameters<Float> {
        Parameters(
            layout: parameters, values: constants.first + values + constants.last)
    }

    /// Parameters at their start, after no support: what the head would make of one is 0.
    package func initialValues(from generator: inout SeededGenerator) -> [Double] {
        let own = headed.initialValues(from: &generator)
        return constants.first.map(Double.init) + own
            + Array(repeating: 0, count: stored.count - own.count)
            + constants.last.map(Double.init)
    }

    /// Records the logits of windows.
    package func record(on tape: inout Tape, input: Tape.Variable) -> Tape.Variable {
        Self.record(
            on: &tape, input: input, headed,
            stored.entries.dropFirst(headed.parameters.entries.count).map(\.shape)
        ).logits
    }

    /// What is recorded of windows.
    private struct Recording {
        let logits: Tape.Variable
        let constants: [HeadRecorder.Constant]
    }

    private static func record(
        on tape: inout Tape, input: Tape.Variable, _ headed: HeadedNetwork, _ fitted: [Shape]
    ) -> Recording {
        let windows = tape.shape(of: input)[0]
        let rows = headed.recordTurns(of: input, on: &tape)
        let output = headed.base.record(on: &tape, input: rows)
        let own = headed.declareOwnParameters(on: &tape)
        let numbers = fitted.map { tape.parameter($0) }
        var recorder = HeadRecorder(
            tape, HeadShape(query: windows), classCount: headed.classCount, parameters: own,
            setsParameters: true)
        let amplitudes =
            headed.source == .logAmplitude
            ? headed.recordAmplitudes(of: rows, on: &recorder.tape) : nil
        let features = recorder.sum(output, headed, rows: rows, amplitudes: amplitudes)
        let logits = headed.head.recordDecision(&recorder, fitted: numbers, query: features)
        tape = recorder.tape
        return Recording(logits: logits, constants: recorder.constants)
    }
}

extension HeadedNetwork {
    /// Which channel each channel of each turn is taken from, `[turns · channels × channels]`: 1 at its
    /// place. Empty when nothing is turned.
    fileprivate var turnMatrix: [Double] {
        guard head.turns.count > 1 else { return [] }
        return (0..<head.turns.count).flatMap { turn in
            sources(turn: turn).flatMap { source in
                (0..<channelCount).map { $0 == source ? 1 : 0 }
            }
        }
    }

    /// Records windows in each turn, `[turns · windows × numbers]`, turn after turn.
    fileprivate func recordTurns(
        of input: Tape.Variable, on tape: inout Tape
    ) -> Tape.Variable {
        let (turns, channels) = (head.turns.count, channelCount)
        guard turns > 1 else { return input }
        let (windows, samples) = (tape.shape(of: input)[0], inputWidth / channelCount)
        let matrix = tape.parameter([turns * channels, channels])
        let all: Shape = [turns * windows, inputWidth]
        guard layout == .channelMajor else {
            let turned = tape.product(
                .plain(tape.reshape(input, to: [windows * samples, channels])),
                .transposed(matrix))
            return tape.permute(
                turned,
                Permutation(extents: [windows, samples, turns, channels], order: [2, 0, 1, 3]),
                as: all)
        }
        let byChannel = tape.permute(
            input, Permutation(extents: [windows, channels, samples], order: [1, 0, 2]),
            as: [channels, windows * samples])
        return tape.permute(
            tape.product(.plain(matrix), .plain(byChannel)),
            Permutation(extents: [turns, channels, windows, samples], order: [0, 2, 1, 3]),
            as: all)
    }

    /// Records the mean absolute value of each channel of rows, `[rows × channels]`.
    fileprivate func recordAmplitudes(
        of rows: Tape.Variable, on tape: inout Tape
    ) -> Tape.Variable {
        let (count, samples) = (tape.shape(of: rows)[0], inputWidth / channelCount)
        let magnitudes = tape.add(tape.relu(rows), tape.relu(tape.scale(rows, by: -1)))
        let byChannel: Shape = [count * channelCount, samples]
        let sorted =
            layout == .channelMajor
            ? tape.reshape(magnitudes, to: byChannel)
            : tape.permute(
                magnitudes,
                Permutation(extents: [count, samples, channelCount], order: [0, 2, 1]),
                as: byChannel)
        return tape.reshape(
            tape.scale(tape.rowSums(sorted), by: 1 / Double(samples)), to: [count, channelCount])
    }
}
