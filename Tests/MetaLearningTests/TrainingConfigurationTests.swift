import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Training configurations")
struct TrainingConfigurationTests {
    private static func read(_ yaml: String) throws -> TrainingConfiguration {
        try TrainingConfiguration(Document(yaml: yaml.utf8, name: "t.yaml").cursor)
    }

    @Test("an empty configuration has the defaults")
    func defaults() throws {
        #expect(try Self.read("{}") == TrainingConfiguration())
    }

    @Test("every value is read")
    func everything() throws {
        let configuration = try Self.read(
            """
            algorithm: first_order_maml
            model: {name: dnn, hidden: [64, 32, 16]}
            inner: {optimizer: sgd, learning_rate: 1.0e-2, epochs: 2, batch_size: 8, shuffle: true}
            outer:
              optimizer: adam
              learning_rate: 2.0e-3
              weight_decay: 0.5
              schedule: {step: 4, factor: 0.25}
            meta_epochs: 7
            tasks_per_step: 2
            query_batch_size: 16
            selection: last_epoch
            baselines:
              random: false
              pretrained: {epochs: 3, learning_rate: 0.1, batch_size: 4, shuffle: false}
            seed: 9
            threads: 2
            trajectory_budget_mib: 32
            """)
        var expected = TrainingConfiguration()
        expected.learner = FirstOrderMAML()
        expected.model = DNN(hidden: [64, 32, 16])
        expected.inner.optimizer = InnerSGD()
        expected.inner.learningRate = 1e-2
        expected.inner.epochs = 2
        expected.inner.batchSize = 8
        expected.inner.shuffle = true
        expected.outer.optimizer = OuterAdam(weightDecay: 0.5)
        expected.outer.learningRate = 2e-3
        expected.outer.schedule.kind = StepSchedule(step: 4, factor: 0.25)
        expected.metaEpochs = 7
        expected.tasksPerStep = 2
        expected.queryBatchSize = 16
        expected.selection = .lastEpoch
        expected.baselines.random = false
        var pretrained = TrainingConfiguration.Baselines.Pretrained()
        pretrained.epochs = 3
        pretrained.learningRate = 0.1
        pretrained.batchSize = 4
        pretrained.shuffle = false
        expected.baselines.pretrained = pretrained
        expected.seed = 9
        expected.threads = 2
        expected.trajectoryBudgetMiB = 32
        #expect(configuration == expected)
    }

    @Test("the resolved text gives the configuration back")
    func resolved() throws {
        for yaml in [
            "{}", "baselines: {pretrained: false}", "model: {hidden: []}",
            "outer: {optimizer: sgd}", "inner: {learning_rate: 1.0e-7}",
            "preset: warm_start", "preset: reference_program",
            "model: {name: cnn, filters: [4, 8], kernel: 5}",
            "model: {name: tcn, blocks: [6], dropout: 0.5}",
            "model: {name: transformer, heads: 2, feed_forward: 16}",
            "model: {name: conv2d, grid: [4, 2]}",
            "model: {name: image_cnn, size: [28, 28], downsampling: stride, readout: mean}",
            "model: {name: dnn, batch_norm: true}\ntransductive: false", "model: {name: mlp}",
            "algorithm: implicit_maml\nalgorithm_settings: {lambda: 0.5, solver: steepest_descent}",
            "algorithm: sequential_maml\nalgorithm_settings: {sequence_length: 2}",
            "inner: {optimizer: momentum, momentum: 0.5, steps: 7}",
            "outer: {schedule: {kind: plateau, patience: 2}, clip_norm: 3, gradient: mean}",
            "sampling: {regime: importance_delta, key: group, steps_per_epoch: 9}",
            "sampling: {regime: epsilon_greedy, epsilon: {start: 0.5, end: 0.2}}",
            "fine_tuning_steps: [1, 5]\nbaselines: {pretrained: {match_gradients: true}}",
            "task_memory_mib: 64\naugmentation: false", "task_memory_mib: 0",
        ] {
            var configuration = try Self.read(yaml)
            let text = configuration.resolvedJSON(threads: 3)
            configuration = configuration.resolved(threads: 3)
            let again = try TrainingConfiguration(
                Document(json: text.utf8, name: "r.json").cursor)
            #expect(again == configuration)
        }
    }

    @Test("Adam and gradient descent decay no weights unless predicted to")
    func weightDecay() throws {
        #expect(try Self.read("outer: {optimizer: adamw}").outer.optimizer is OuterAdamW)
        for (yaml, decay) in [
            ("adamw", 0.01), ("adam", 0), ("sgd", 0), ("sgd, weight_decay: 0.5", 0.5),
        ] {
            let written = try Self.read("outer: {optimizer: \(yaml)}").outer.document
            #expect(
                try Document(name: "w", root: written).cursor.object().required("weight_decay")
                    .number() == decay)
        }
    }

    @Test(
        "a fault is named with its place",
        arguments: [
            ("inner: {learningrate: 1}", "$.inner", "learning_rate"),
            ("meta_epochs: 0", "$.meta_epochs", ""),
            ("algorithm: mamll", "$.algorithm", "maml"),
            ("inner: {epochs: 1.5}", "$.inner.epochs", ""),
            ("inner: {learning_rate: -1}", "$.inner.learning_rate", ""),
            ("inner: {learning_rate: 0}", "$.inner.learning_rate", ""),
            ("outer: {schedule: {step: 0}}", "$.outer.schedule.step", ""),
            ("outer: {weight_decay: 2}", "$.outer.weight_decay", ""),
            ("model: {hidden: [12, 0]}", "$.model.hidden[1]", ""),
            ("model: {name: dnnn}", "$.model.name", "dnn"),
            ("model: {name: dnn, kernel: 3}", "$.model", ""),
            ("model: {name: conv2d, grid: [4]}", "$.model.grid", ""),
            ("model: {name: image_cnn, size: [28]}", "$.model.size", ""),
            ("model: {name: image_cnn, readout: sum}", "$.model.readout", ""),
            ("model: {name: tcn, dropout: 1}", "$.model.dropout", ""),
            ("algorithm_settings: {lambda: 0}", "$.algorithm_settings.lambda", ""),
            ("sampling: {regime: greedy}", "$.sampling.regime", ""),
            ("outer: {schedule: {kind: cos}}", "$.outer.schedule.kind", ""),
            ("{initial: pretrained, baselines: {pretrained: false}}", "$", "random"),
            ("baselines: {pretrained: 3}", "$.baselines.pretrained", ""),
            ("baselines: {random: 1}", "$.baselines.random", ""),
            ("seed: -1", "$.seed", ""),
            ("threads: 0", "$.threads", ""),
            ("trajectory_budget_mib: 0", "$.trajectory_budget_mib", ""),
        ])
    func faults(yaml: String, path: String, hint: String) {
        let error = #expect(throws: DocumentError.self) { try Self.read(yaml) }
        #expect(error?.path == path)
        #expect(error?.position?.line == 1)
        #expect(error?.hint.contains(hint) == true || hint.isEmpty)
    }

    @Test("the schema knows exactly the members that are read")
    func schema() throws {
        let file = SharedMaterial.packageFolder.appending(path: "schemas/training.schema.json")
        let properties = try Document(contentsOf: file).cursor.object().required("properties")
            .object()
        let members = try Document(
            json: TrainingConfiguration().resolvedJSON(threads: 1).utf8, name: "r"
        ).cursor.object().entries
        // A preset is written out as the settings that it stands for, an older name as the newer;
        // what nobody asks for is left out, so that runs from before keep their names.
        let unasked = ["variation", "few_shot", "transductive"]
        #expect(
            Set(properties.entries.map(\.key))
                == Set(members.map(\.key) + ["preset", "fine_tuning_steps"] + unasked))
        for (key, cursor) in properties.entries where key != "model" && !unasked.contains(key) {
            guard let nested = try cursor.object().optional("properties") else { continue }
            let resolved = try #require(members.first { $0.key == key }).cursor
            // What is written only when it is asked for: a prior, and learners' settings.
            let leftOut =
                switch key {
                case "baselines": ["prior"]
                case "studies": ["sequences"]
                case "algorithm_settings":
                    ["rate_steps", "distance", "features", "base", "turns", "shrinkage"]
                default: [String]()
                }
            #expect(
                Set(try nested.object().entries.map(\.key))
                    == Set(try resolved.object().entries.map(\.key) + leftOut))
        }
    }
}
