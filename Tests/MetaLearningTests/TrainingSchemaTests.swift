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
        func sections<Kind>(_ registry: Registry<Kind>, _ level: String) -> [String] {
            registry.entries.map { entry in
                "\(level) `\(entry.name)`\n\n\(entry.documentation)\n\n"
                    + FieldTable(entry.schema(Kinds())).markdown
            }
        }
        let models = sections(Registry<any ModelDefinition>.standard, "###")
        #expect(
            try CommittedText.isCurrent(
                page, region: "fine-tuning",
                generated: sections(Registry<any FineTuning>.standard, "####").joined(
                    separator: "\n")))
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
            "model: {name: conv2d, grid: [4, 2]}",
            "model: {name: image_cnn, size: [28, 28], downsampling: stride, readout: mean}",
            "model: {name: dnn, batch_norm: true}\ntransductive: false",
            "model: {name: tcn, blocks: [6]}",
            "algorithm: implicit_maml\nalgorithm_settings: {solver: steepest_descent}",
            "sampling: {regime: epsilon_greedy, epsilon: {start: 0.5}}",
            "outer: {optimizer: sgd, schedule: {kind: plateau, patience: 2}, clip_norm: 3}",
            "baselines: {pretrained: {fine_tuning: {name: low_rank, rank: 2}}}",
            "algorithm: posterior\nalgorithm_settings: {turns: ring, shrinkage: 0.4}",
            "algorithm: prototypes\nalgorithm_settings: {distance: cosine, base: input}",
            "algorithm: layer_rates\nalgorithm_settings: {rate_steps: 3}",
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
