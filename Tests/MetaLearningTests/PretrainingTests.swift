import Autodiff
import MetaLearning
import Synchronization
import Testing

@Suite("Ordinary training on all tasks")
struct PretrainingTests {
    private static func tasks() throws -> [TaskSamples<Float>] {
        let source = try SimulatedTasks(train: 3)
        return try source.ids(in: .train).map {
            try TaskSamples(source.episode($0), for: network)
        }
    }

    private static let network = DenseNetwork(inputWidth: 24, hidden: [8], classCount: 3)

    @Test("the loss falls from pass to pass", arguments: [true, false])
    func learns(shuffle: Bool) throws {
        var settings = TrainingConfiguration.Baselines.Pretrained()
        settings.epochs = 5
        settings.learningRate = 0.01
        settings.shuffle = shuffle
        var losses: [Double] = []
        let initial: Parameters<Float> = Self.network.initialParameters(seed: 1)
        let outcome = try Pretraining(network: Self.network, settings: settings, seed: 1).train(
            on: Self.tasks(), from: initial.values
        ) { _, _, loss, _ in losses.append(loss) }
        #expect(losses.count == 5)
        #expect(losses[4] < losses[0] * 0.7)
        // 72 windows a task: mixed in batches of 32, or task by task with a rest each.
        #expect(outcome.gradientCount == 5 * (shuffle ? 7 : 9))
    }

    @Test("joined sets give each sample of the sets they are made of")
    func joining() throws {
        let parts = [
            SmallNetwork.samples(3, 0.1, 0.2), SmallNetwork.samples(1, 0.3, 0.4),
            SmallNetwork.samples(4, 0.5, 0.6),
        ]
        let joined = LabeledSamples(joining: parts)
        #expect(joined.count == 8)
        var objective = Objective<Double>(SmallNetwork.network)
        let batches = Minibatches(sampleCount: 8, size: 8)
        objective.load(joined, [7, 0, 3, 4], weighedBy: batches)
        _ = objective.run(parameters: SmallNetwork.initial)
        let together = objective.logits
        for (row, (part, sample)) in [(2, 3), (0, 0), (1, 0), (2, 0)].enumerated() {
            objective.load(parts[part], [sample], weighedBy: batches)
            _ = objective.run(parameters: SmallNetwork.initial)
            #expect(
                relativeDistance(Array(together[row * 3..<row * 3 + 3]), objective.logits) < 1e-14)
            #expect(joined.label(of: [7, 0, 3, 4][row]) == parts[part].label(of: sample))
        }
    }
}
