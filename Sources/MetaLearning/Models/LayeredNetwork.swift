public import Autodiff
public import SeededRandom

/// A model that is recorded layer by layer.
public protocol LayeredNetwork: Network {
    /// Its parameters and how they start.
    var plan: ModelPlan { get }

    /// Records the model.
    ///
    /// - Parameters:
    ///   - recorder: Where to.
    ///   - input: A batch, `[windows, inputWidth]`.
    /// - Returns: What it puts out, `[windows, classCount]`.
    func forward(_ recorder: inout ModelRecorder, _ input: Tape.Variable) -> Tape.Variable
}

extension LayeredNetwork {
    /// Its parameters.
    public var parameters: ParameterLayout { plan.layout }
    /// Whether a layer of it does.
    public var readsBatchStatistics: Bool { plan.readsBatchStatistics }

    /// Records the model.
    public func record(on tape: inout Tape, input: Tape.Variable) -> Tape.Variable {
        var recorder = ModelRecorder(tape)
        let output = forward(&recorder, input)
        tape = recorder.tape
        return output
    }

    /// Draws parameters as PyTorch does by default.
    public func initialValues(from generator: inout SeededGenerator) -> [Double] {
        plan.initialValues(from: &generator)
    }

    /// The plan of a model, from recording it once: what its initializer sets ``plan`` to, after all
    /// that recording reads.
    public func makePlan() -> ModelPlan {
        var recorder = ModelRecorder()
        let input = recorder.tape.input([1, inputWidth])
        _ = forward(&recorder, input)
        return ModelPlan(recorder)
    }
}
