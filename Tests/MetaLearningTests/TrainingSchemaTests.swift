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
        let folder = try TemporaryFolder()
        let program = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            for path in sys.argv[2:]:
                jsonschema.Draft202012Validator(schema).validate(json.load(open(path)))
            """
        var paths: [String] = []
        for (index, yaml) in [
            "{}", "preset: warm_start", "preset: reference_program",
            "model: {name: conv2d, grid: [4, 2]}", "model: {name: tcn, blocks: [6]}",
            "algorithm: implicit_maml\nalgorithm_settings: {solver: steepest_descent}",
            "sampling: {regime: epsilon_greedy, epsilon: {start: 0.5}}",
            "outer: {optimizer: sgd, schedule: {kind: plateau, patience: 2}, clip_norm: 3}",
            "baselines: {pretrained: false}\nstudies: {support: [0.5], convergence: [1]}",
        ].enumerated() {
            let configuration = try TrainingConfiguration(
                Document(yaml: yaml.utf8, name: "t.yaml").cursor)
            let file = folder.url.appending(path: "\(index).json")
            try Data(configuration.resolvedJSON(threads: 2).utf8).write(to: file)
            paths.append(file.path())
        }
        let result = try Python.run(program, arguments: [Self.file.path()] + paths)
        #expect(result.status == 0, "\(result.output)")
    }
}
