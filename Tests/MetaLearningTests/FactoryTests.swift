import Documents
import MetaLearning
import Testing

/// Kinds that are made in code are those of documents.
@Suite("Kinds named in code")
struct FactoryTests {
    private static func read(_ yaml: String) throws -> TrainingConfiguration {
        try TrainingConfiguration(Document(yaml: yaml.utf8, name: "training").cursor)
    }

    @Test("a model made without settings is the one a document names")
    func models() throws {
        let models: [String: any ModelDefinition] = [
            "dnn": ModelDefinitions.dnn(), "mlp": ModelDefinitions.mlp(),
            "cnn": ModelDefinitions.cnn(),
        ]
        for (name, model) in models {
            #expect(
                try Self.read("model: {name: \(name)}").model.document == model.document, "\(name)")
        }
        let cnn = ModelDefinitions.cnn(filters: [8], kernel: 5, hidden: [])
        let read = try Self.read("model: {name: cnn, filters: [8], kernel: 5, hidden: []}")
        #expect(read.model.document == cnn.document)
    }

    @Test("a learner is the one a document names")
    func learners() throws {
        let solver = ImplicitSolver(.conjugateGradient, iterations: 5, lambda: 2)
        let learners: [any MetaLearner] = [
            MetaLearners.maml(), MetaLearners.firstOrderMAML, MetaLearners.reptile,
            MetaLearners.anil, MetaLearners.metaSGD, MetaLearners.implicitMAML(solver),
            MetaLearners.sequentialMAML(length: 3),
        ]
        for learner in learners {
            let read = try Self.read("algorithm: \(learner.name)").learner
            #expect(read.name == learner.name)
            #expect(read.document == learner.document, "\(learner.name)")
        }
    }

    @Test("an inner optimizer is the one a document names")
    func innerRules() throws {
        for rule in [
            InnerRules.sgd(learningRate: 0.1), InnerRules.momentum(learningRate: 0.1),
            InnerRules.adam(learningRate: 0.1),
        ] {
            let key = type(of: rule).key
            let read = try Self.read("inner: {optimizer: \(key), learning_rate: 0.1}").inner
            #expect(type(of: read.optimizer).key == key)
            #expect(read.optimizer.document == rule.document, "\(key)")
        }
    }
}
