import Autodiff
import Documents
import MetaLearning
import TestSupport
import Testing

@Suite struct SupportAdaptationTests {
    private static func configuration(
        _ learner: any MetaLearner, shuffle: Bool
    ) -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.learner = learner
        configuration.model = DNN(hidden: [5])
        configuration.inner.learningRate = 0.01
        configuration.inner.epochs = 4
        configuration.inner.batchSize = 5
        configuration.inner.shuffle = shuffle
        configuration.seed = 7
        configuration.threads = 1
        return configuration
    }

    /// What adapted parameters predict of a task's query.
    private func predictions(
        _ parameters: Parameters<Float>, _ network: any Network, _ task: Episode
    ) throws -> [UInt8] {
        let samples = try TaskSamples<Float>(task, for: network).query
        var objective = Objective<Float>(network)
        let all = Array(0..<samples.count)
        objective.load(
            samples, all[...], weighedBy: Minibatches(sampleCount: all.count, size: all.count))
        _ = objective.run(parameters: parameters.values)
        let logits = Array(objective.logits)
        return all.map { row in
            let own = logits[row * network.classCount..<(row + 1) * network.classCount]
            return UInt8((own.firstIndex(of: own.max() ?? 0) ?? own.startIndex) - own.startIndex)
        }
    }

    @Test(
        arguments: [SecondOrderMAML(), ANIL(), ProtoMAML(), MetaSGD()] as [any MetaLearner],
        [false, true])
    func `adapted parameters predict what an evaluation predicts`(
        learner: any MetaLearner, shuffle: Bool
    ) throws {
        let configuration = Self.configuration(learner, shuffle: shuffle)
        let source = try SimulatedTasks()
        let model = DNN(hidden: [5])
        let network = model.network(channelCount: 4, windowLength: 6, classCount: 3)
        let parameters: Parameters<Float> = network.initialParameters(seed: 1)
        let count = configuration.rateLayout(of: network.parameters)?.count ?? 0
        let rates = (0..<count).map { 0.001 * Float(1 + $0 % 20) }
        let evaluation = try CheckpointEvaluation(
            ModelCheckpoint(
                model: model, parameters: parameters, classNames: source.classNames,
                channelCount: 4, windowLength: 6),
            rates: count == 0 ? nil : rates, source: source, configuration: configuration)
        let ids = source.ids(in: .test)
        let adaptation = SupportAdaptation(configuration, rates: rates)
        for (id, score) in zip(ids, try evaluation.column(on: ids).scores) {
            let task = try source.episode(id)
            let adapted = try adaptation.adapted(
                network, parameters, to: task.support, id: id)
            #expect(adapted != parameters)
            #expect(try predictions(adapted, network, task) == score.predictions)
        }
    }

    @Test func `a way of its own to fine-tune moves what it says`() throws {
        let network = DNN(hidden: [5]).network(
            channelCount: 4, windowLength: 6, classCount: 3)
        let parameters: Parameters<Float> = network.initialParameters(seed: 1)
        let support = try SimulatedTasks().episode("test0").support
        var configuration = Self.configuration(SecondOrderMAML(), shuffle: false)
        var pretrained = TrainingConfiguration.Baselines.Pretrained()
        pretrained.fineTuning = BiasOnly()
        configuration.baselines.pretrained = pretrained
        #expect(SupportAdaptation(configuration, of: .meta).fineTuning == nil)
        let biases = try SupportAdaptation(configuration, of: .pretrained)
            .adapted(network, parameters, to: support, id: "test0")
        for entry in parameters.layout.entries {
            let isMoved = biases.values[entry.range] != parameters.values[entry.range]
            #expect(isMoved == entry.name.hasSuffix(".bias"))
        }
        configuration.baselines.pretrained?.fineTuning = LowRank()
        #expect(throws: MetaLearningError.self) {
            try SupportAdaptation(configuration, of: .pretrained)
                .adapted(network, parameters, to: support, id: "test0")
        }
    }

    @Test func `what is written is read back`() throws {
        var configuration = Self.configuration(ANIL(), shuffle: true)
        configuration.inner.optimizer = InnerMomentum()
        for fineTuning in [nil, NewHead()] as [(any FineTuning)?] {
            var adaptation = SupportAdaptation(configuration)
            adaptation.fineTuning = fineTuning
            let json = adaptation.document.json(.indented)
            let read = try SupportAdaptation(Document(json: json.utf8, name: "a").cursor)
            #expect(read == adaptation)
        }
    }
}
