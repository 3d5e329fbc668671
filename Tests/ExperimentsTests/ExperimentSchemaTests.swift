import Documents
import Experiments
import TestSupport
import Testing

@Suite("The schema of experiments is generated")
struct ExperimentSchemaTests {
    @Test("the committed schema and table are the generated ones")
    func committed() throws {
        let schema = Experiment.schemaDocument()
        #expect(
            try CommittedText.isCurrent("schemas/\(schema.name)", generated: schema.document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
        guard case .object(let experiment) = schema.schema else {
            Issue.record("an experiment is an object")
            return
        }
        #expect(
            try CommittedText.isCurrent(
                "docs/experiments/pipeline.md", region: "experiment",
                generated: FieldTable(experiment).markdown))
    }
}
