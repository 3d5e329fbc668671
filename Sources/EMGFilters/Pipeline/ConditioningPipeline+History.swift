package import Documents
package import EMGSignal

extension ConditioningPipeline {
    /// The parameter of a history's steps that holds the stage as it was stated.
    static let stageParameter = "stage"
    /// The parameter of a history's steps that says how filters were applied.
    static let phaseParameter = "phase"

    /// The pipeline that recordings have passed, as their history tells.
    ///
    /// - Parameters:
    ///   - steps: The steps of filtering, in order.
    ///   - kinds: The stages that packages outside have added.
    /// - Returns: The pipeline; without stages for no steps.
    /// - Throws: ``FilterError`` for a step that is none of a filter or does not say its stage, as
    ///   those of earlier versions and those fitted on another recording; `DocumentError` when what
    ///   it says is damaged.
    package static func recorded(
        in steps: [ProcessingStep], kinds: Kinds = Kinds()
    ) throws -> ConditioningPipeline {
        var pipeline = ConditioningPipeline(phase: .causal, stages: [])
        var phases: Set<Phase> = []
        for step in steps {
            guard case .text(let stage)? = step.parameters[stageParameter],
                case .text(let phase)? = step.parameters[phaseParameter],
                let phase = Phase(rawValue: phase)
            else {
                throw FilterError(
                    .contradiction("the history does not say how \(step.operation) was stated"),
                    location: step.operation,
                    hint: "filter the recordings again with this version, or give the pipeline's "
                        + "document")
            }
            phases.insert(phase)
            let root = try Document(json: stage.utf8, name: step.operation).root
            pipeline.stages.append(
                try FieldFormat<any PipelineStage>.stage.read(
                    Document(name: step.operation, root: root, kinds: kinds).cursor))
        }
        guard phases.count <= 1 else {
            throw FilterError(
                .contradiction("some stages were causal and others were not"),
                hint: "filter the recordings once, with phase: causal")
        }
        pipeline.phase = phases.first ?? .causal
        return pipeline
    }
}

extension PipelineStage {
    /// The stage as documents state it, as JSON on one line.
    var statement: String { FieldFormat<any PipelineStage>.stage.write(self).json(.canonical) }
}
