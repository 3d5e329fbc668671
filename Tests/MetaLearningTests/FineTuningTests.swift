import Autodiff
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

/// Ways to fine-tune a trained model, on a tiny network whose numbers are formulas.
@Suite("Fine-tuning")
struct FineTuningTests {
    private static func rank(_ rank: Int) -> LowRank {
        var kind = LowRank()
        kind.rank = rank
        return kind
    }

    private static func last(_ layers: Int) -> FrozenLayers {
        var kind = FrozenLayers()
        kind.layers = layers
        return kind
    }

    private static func pull(_ pull: Double) -> PullToStart {
        var kind = PullToStart()
        kind.pull = pull
        return kind
    }

    private static let settings = AdaptationSettings(
        optimizer: .sgd(InnerSGD(learningRate: 0.1)), epochs: 2, batchSize: 4, queryBatchSize: 4)

    private static func model(
        _ kind: any FineTuning, of network: any Network = SmallNetwork.network
    ) throws -> FineTunedModel {
        try FineTunedModel(kind, of: network, settings, seed: 1)
    }

    /// The parameters after fine-tuning from these, in double precision.
    private static func adapted(
        _ model: FineTunedModel, from start: [Double]
    ) throws -> (parameters: [Double], loss: Double) {
        var run = AdaptationRun<Double>(
            network: model.network, settings: model.settings, trajectoryBudget: .max)
        run.begin(SmallNetwork.task, goal: .score, initial: start)
        let outcome = try #require(try run.advance(by: .max))
        return (run.adapted, outcome.query.loss)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let kind: any FineTuning
        var testDescription: String { name }
    }

    @Test(
        "parameters and query loss equal PyTorch's",
        arguments: [
            Row(name: "all", kind: FullFineTuning()), Row(name: "new_head", kind: NewHead()),
            Row(name: "frozen_layers", kind: last(2)), Row(name: "bias_only", kind: BiasOnly()),
            Row(name: "low_rank", kind: rank(2)), Row(name: "l2_to_start", kind: pull(3)),
        ])
    func golden(_ row: Row) throws {
        let file = SharedMaterial.packageFolder.appending(
            path: "Tests/MetaLearningTests/Golden/fine_tuning.json")
        let expected = try Document(contentsOf: file).cursor.object().required(row.name).object()
        let model = try Self.model(row.kind)
        // The start in double precision, with the formula's numbers in place of random ones.
        var start = SmallNetwork.formula(model.network.parameters.count, 0.7, 1.3).map { $0 * 0.6 }
        if row.kind is NewHead {
            for index in start.count - 15..<start.count { start[index] = 0 }
        }
        let found = try Self.adapted(model, from: start)
        let parameters = try expected.required("adapted").array().map { try $0.number() }
        let loss = try expected.required("queryLoss").number()
        #expect(relativeDistance(found.parameters, parameters) < 1e-12)
        #expect(abs(found.loss - loss) < 1e-12 * loss)
    }

    @Test("what is held stays as it was, to the bit; what adapts moves")
    func held() throws {
        let layout = SmallNetwork.network.parameters
        let start = SmallNetwork.initial
        for (kind, adapts) in [
            (Self.last(1), { $0.hasPrefix("linear3") }),
            (Self.last(2), { !$0.hasPrefix("linear1") }), (Self.last(9), { _ in true }),
            (BiasOnly(), { $0.hasSuffix("bias") }),
        ] as [(any FineTuning, (String) -> Bool)] {
            let found = try Self.adapted(Self.model(kind), from: start).parameters
            for entry in layout.entries {
                let isSame = found[entry.range] == start[entry.range]
                #expect(isSame == !adapts(entry.name), "\(entry.name)")
            }
        }
    }

    @Test("normalizations alone adapt where there are any")
    func normalizations() throws {
        let error = #expect(throws: MetaLearningError.self) { try Self.model(NormOnly()) }
        #expect(error?.description.contains("bias_only") == true)
        for model in [TCN(), Transformer()] as [any ModelDefinition] {
            let network = try model.network(channelCount: 4, windowLength: 6, classCount: 3)
            let tuned = try Self.model(NormOnly(), of: network)
            let initial: Parameters<Float> = network.initialParameters(seed: 3)
            var run = AdaptationRun<Float>(
                network: tuned.network, settings: tuned.settings, trajectoryBudget: 1)
            run.begin(
                LevelPeople(channels: 4, length: 6, classCount: 3).samples(0), goal: .parameters,
                initial: initial.values)
            _ = try run.advance(by: .max)
            for entry in network.parameters.entries {
                let moved = run.adapted[entry.range] != initial.values[entry.range]
                let isNorm = entry.name.contains("norm") || entry.name.hasSuffix("weight_g")
                #expect(moved == isNorm, "\(entry.name)")
            }
        }
    }

    @Test(
        "what is added of low rank changes nothing at first, and adapts alone",
        arguments: [
            DNN(hidden: [6]), CNN(), TCN(), Transformer(),
        ] as [any ModelDefinition])
    func lowRank(_ model: any ModelDefinition) throws {
        let network = try model.network(channelCount: 4, windowLength: 10, classCount: 3)
        let tuned = try Self.model(Self.rank(2), of: network)
        let trained: Parameters<Float> = network.initialParameters(seed: 9)
        let start = tuned.start(from: trained.values)
        let task = LevelPeople(channels: 4, length: 10, classCount: 3).samples(0)
        func logits(_ network: any Network, _ values: [Float]) -> [Float] {
            var objective = Objective<Float>(network)
            let order = Array(0..<task.query.count)
            objective.load(
                task.query, order[...],
                weighedBy: Minibatches(sampleCount: order.count, size: order.count))
            _ = objective.run(parameters: values)
            return objective.logits
        }
        #expect(
            relativeDistance(
                logits(tuned.network, start), logits(network, trained.values)) < 1e-6)
        var run = AdaptationRun<Float>(
            network: tuned.network, settings: tuned.settings, trajectoryBudget: 1)
        run.begin(task, goal: .parameters, initial: start)
        _ = try run.advance(by: .max)
        var moved = 0
        for entry in tuned.network.parameters.entries {
            let isSame = run.adapted[entry.range] == start[entry.range]
            if entry.name.contains("low_rank") {
                moved += isSame ? 0 : 1
            } else {
                #expect(isSame, "\(entry.name)")
            }
        }
        #expect(moved > 0)
    }

    @Test("each way is read with its own rate, compared in a run, and written only when asked for")
    func configured() throws {
        let texts = [
            "{name: new_head, learning_rate: 0.02}", "{name: frozen_layers, layers: 1}",
            "{name: bias_only}", "{name: low_rank, rank: 3, learning_rate: 0.05}",
            "{name: l2_to_start, pull: 2.5}", "{name: all, learning_rate: 0.5}",
        ]
        let yaml = """
            model: {name: dnn, hidden: [6]}
            meta_epochs: 1
            inner: {learning_rate: 0.01, epochs: 1, batch_size: 8}
            baselines: {random: false, pretrained: {epochs: 1, batch_size: 16}}
            """
        func configuration(_ text: String) throws -> TrainingConfiguration {
            try TrainingConfiguration(Document(yaml: text.utf8, name: "t.yaml").cursor)
        }
        let plain = try configuration(yaml)
        #expect(!plain.resolvedJSON(threads: 1).contains("fine_tuning\""))
        let usual = try Trainer(source: SimulatedTasks(), configuration: plain).train()
        for text in texts {
            var settings = plain
            let tuned = try configuration("baselines: {pretrained: {fine_tuning: \(text)}}")
            settings.baselines.pretrained?.fineTuning =
                try #require(tuned.baselines.pretrained).fineTuning
            let written = settings.resolvedJSON(threads: 1)
            #expect(try configuration(written) == configuration(written))
            #expect(written.contains("fine_tuning"))
            let found = try Trainer(source: SimulatedTasks(), configuration: settings).train()
            #expect(found.columns[1] == usual.columns[1])
            #expect(found.columns[0].scores != usual.columns[0].scores, "\(text)")
        }
        var impossible = plain
        impossible.baselines.pretrained?.fineTuning = NormOnly()
        #expect(throws: MetaLearningError.self) {
            try Trainer(source: SimulatedTasks(), configuration: impossible)
        }
        let error = #expect(throws: DocumentError.self) {
            try configuration("baselines: {pretrained: {fine_tuning: {name: bias_only, rank: 2}}}")
        }
        #expect(error?.description.contains("rank") == true)
    }

    @Test("a pre-trained model on arrays is fine-tuned, and chosen, as is said")
    func arrays() throws {
        var options = ArraySelectionTests.options
        options.metaEpochs = 0
        var pretraining = TrainingConfiguration.Baselines.Pretrained()
        (pretraining.epochs, pretraining.learningRate) = (6, 0.01)
        options.pretraining = pretraining
        let people = ArraySelectionTests.people(0..<6)
        let person = ArraySelectionTests.people(9..<10)[0]
        var outputs: [[[Float]]] = []
        for kind in [Self.rank(2), Self.last(1), nil] as [(any FineTuning)?] {
            options.fineTuning = kind
            var bits: [[[Float]]] = []
            for threads in [1, 2] {
                options.threads = threads
                let trained = try MAML.train(
                    model: DNN(hidden: [6]), tasks: people,
                    validation: ArraySelectionTests.people(6..<9), options: options)
                bits.append(
                    try trained.adapted(to: person.support).outputs(of: person.query.inputs))
            }
            #expect(bits[0] == bits[1])
            outputs.append(bits[0])
        }
        #expect(outputs[0] != outputs[1] && outputs[1] != outputs[2])
        // Pre-training that is done once serves every way and rate, and changes no bit.
        let passes = try MAML.pretrained(
            pretraining, model: DNN(hidden: [6]), tasks: people, options: options)
        options.pretraining = nil
        options.pretrained = passes
        for (kind, expected) in zip(
            [Self.rank(2), Self.last(1), nil] as [(any FineTuning)?], outputs)
        {
            options.fineTuning = kind
            let trained = try MAML.train(
                model: DNN(hidden: [6]), tasks: people,
                validation: ArraySelectionTests.people(6..<9), options: options)
            #expect(
                try trained.adapted(to: person.support).outputs(of: person.query.inputs)
                    == expected)
            #expect(trained.gradientCount == 6 * 5)
        }
        options.fineTuning = NewHead()
        options.metaEpochs = 1
        #expect(throws: MetaLearningError.self) {
            try MAML.train(model: DNN(hidden: [6]), tasks: people, options: options)
        }
    }
}
