import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("The schema of training configurations")
struct TrainingSchemaTests {
    private static let file = SharedMaterial.packageFolder.appending(
        path: "schemas/training.schema.json")

    @Test("the committed schema is the one that the fields give")
    func committed() throws {
        #expect(
            try CommittedText.isCurrent(
                "schemas/training.schema.json",
                generated: TrainingConfiguration.schemaDocument().document),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }

    @Test("the tables of the documentation are those that the fields give")
    func tables() throws {
        let page = "docs/meta-learning/configuration.md"
        #expect(
            try CommittedText.isCurrent(
                page, region: "training",
                generated: FieldTable(TrainingConfiguration.schema(with: Kinds())).markdown))
        #expect(
            try CommittedText.isCurrent(
                page, region: "pretrained",
                generated: FieldTable(
                    TrainingConfiguration.Baselines.Pretrained.schema(with: Kinds())
                ).markdown))
        let models = Registry<any ModelDefinition>.standard.entries.map { entry in
            "### `\(entry.name)`\n\n\(entry.documentation)\n\n"
                + FieldTable(entry.schema(Kinds())).markdown
        }
        #expect(
            try CommittedText.isCurrent(
                page, region: "models", generated: models.joined(separator: "\n")))
    }

    @Test(
        "what a configuration writes fits the schema",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func fits() throws {
        let documents = [
            "{}", "preset: warm_start", "preset: reference_program",
            "model: {name: conv2d, grid: [4, 2]}", "model: {name: tcn, blocks: [6]}",
            "algorithm: implicit_maml\nalgorithm_settings: {solver: steepest_descent}",
            "sampling: {regime: epsilon_greedy, epsilon: {start: 0.5}}",
            "outer: {optimizer: sgd, schedule: {kind: plateau, patience: 2}, clip_norm: 3}",
            "baselines: {pretrained: false}\nstudies: {support: [0.5], convergence: [1]}",
        ]
        let texts = try documents.map { yaml in
            try TrainingConfiguration(Document(yaml: yaml.utf8, name: "t.yaml").cursor)
                .resolvedJSON(threads: 2)
        }
        let answers = try JSONSchemaCheck.fits(texts, schema: "training.schema.json")
        #expect(answers == documents.map { _ in true }, "\(zip(documents, answers).map { $0 })")
    }
}
