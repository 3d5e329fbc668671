package import Autodiff
package import SeededRandom

/// A model to each of whose weights `W` a product `B A` of low rank is added (Hu et al., "LoRA: low-rank
/// adaptation of large language models", 2022). `B` starts from 0, so that the model is the same at
/// first; `A` starts as a layer of its width does. Their names end in `low_rank_b` and `low_rank_a`.
package struct LowRankNetwork: Network {
    private let base: any LayeredNetwork
    private let rank: Int
    private let plan: ModelPlan

    /// The model's name.
    package var name: String { base.name }
    /// As the model wants it.
    package var layout: WindowSet.Layout { base.layout }
    /// Numbers of a window.
    package var inputWidth: Int { base.inputWidth }
    /// Classes it distinguishes.
    package var classCount: Int { base.classCount }
    /// The model's parameters, with `A` and `B` behind each weight.
    package var parameters: ParameterLayout { plan.layout }
    /// As the model does.
    package var readsBatchStatistics: Bool { plan.readsBatchStatistics }

    /// Adds to a model's weights.
    ///
    /// - Parameters:
    ///   - base: The model.
    ///   - rank: The rank of what is added, at least 1.
    package init(_ base: any LayeredNetwork, rank: Int) {
        self.base = base
        self.rank = rank
        var recorder = ModelRecorder()
        recorder.addedRank = rank
        let input = recorder.tape.input([1, base.inputWidth])
        _ = base.forward(&recorder, input)
        plan = ModelPlan(recorder)
    }

    /// Records the model.
    package func record(on tape: inout Tape, input: Tape.Variable) -> Tape.Variable {
        var recorder = ModelRecorder(tape)
        recorder.addedRank = rank
        let output = base.forward(&recorder, input)
        tape = recorder.tape
        return output
    }

    /// Draws parameters as PyTorch does by default.
    package func initialValues(from generator: inout SeededGenerator) -> [Double] {
        plan.initialValues(from: &generator)
    }
}
