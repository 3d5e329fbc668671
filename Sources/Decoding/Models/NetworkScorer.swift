internal import Autodiff
internal import MetaLearning
internal import Windowing

/// Runs a network on one window after the other.
struct NetworkScorer: WindowScorer {
    private var execution: Execution<Float>
    private let parameters: [Float]
    private let input: Tape.Variable
    private let logits: Tape.Variable
    private let gather: WindowGather

    init(_ model: some NetworkDecoderModel) {
        let network = model.network
        var tape = Tape()
        input = tape.input([1, network.inputWidth])
        logits = network.record(on: &tape, input: input)
        execution = Execution<Float>(Gradient(of: tape.sum(logits), on: tape), keeping: [logits])
        parameters = model.parameters.values
        gather = WindowGather(
            channelCount: model.channelCount, windowLength: model.windowLength,
            order: network.layout == .channelMajor ? .channelMajor : .timeMajor)
        // The first run takes all memory that the following ones use.
        execution.run(parameters: parameters)
    }

    mutating func score(_ window: Span<Float>, into probabilities: inout MutableSpan<Double>) {
        let gather = gather
        execution.withInput(input) { row in
            var span = row.mutableSpan
            gather.copy(0, of: window, into: &span)
        }
        execution.run(parameters: parameters)
        let logits = execution.elements(of: logits)
        for index in probabilities.indices { probabilities[index] = Double(logits[index]) }
        probabilities.becomeSoftmax()
    }
}
