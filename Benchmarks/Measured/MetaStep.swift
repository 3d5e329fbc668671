import ArgumentParser
import Documents
import EMGArchive
import EMGEpisodes
import Foundation
import MetaLearning

/// Exact second-order meta-steps over the first training tasks of a collection, all in memory.
struct MetaStep: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meta-step", abstract: "Takes exact meta-steps over the same tasks.")

    @Argument(help: "The collection's manifest.")
    var collection: String

    @Option(help: "dnn or cnn, with the sizes of their defaults.")
    var model = "dnn"

    @Option(help: "adam or sgd.")
    var inner = "adam"

    @Option(help: "Inner steps; 0 for three passes over the support.")
    var innerSteps = 0

    @Option(help: "Tasks of a meta-step.")
    var tasks = 3

    @Option(help: "Windows of a support, the first ones.")
    var support = 800

    @Option(help: "Windows of a query, the first ones.")
    var query = 2_112

    @Option(help: "Threads.")
    var threads = 1

    @Option(help: "Meta-steps that are measured, after two that are not.")
    var repeats = 3

    private struct Report: Codable {
        var wall: [Double] = []
        var cpu: [Double] = []
        /// Before the first meta-step, by which two tools are seen to do the same.
        var queryLoss = 0.0

        enum CodingKeys: String, CodingKey {
            case wall, cpu
            case queryLoss = "query_loss"
        }
    }

    func run() throws {
        guard let definition = Registry<any ModelDefinition>.standard[model]?.standard else {
            throw ValidationError("--model knows no \(model)")
        }
        let file = try CollectionFile.open(URL(filePath: collection))
        let source = try CollectionEpisodes(file)
        let network = try definition.network(
            channelCount: source.channelCount, windowLength: source.windowLength,
            classCount: source.classNames.count)
        let optimizer: InnerOptimizer =
            inner == "adam"
            ? .adam(InnerAdam(learningRate: 1e-4)) : .sgd(InnerSGD(learningRate: 1e-2))
        var settings = AdaptationSettings(
            optimizer: optimizer, epochs: 3, batchSize: 32, queryBatchSize: 32)
        if innerSteps > 0 { settings.steps = innerSteps }
        var outer = MetaLoop.Outer()
        outer.rule = OuterAdamW(weightDecay: 0)
        outer.learningRate = 1e-4
        outer.gradient = MetaGradient(averages: false)
        outer.tasksPerStep = tasks
        var loop = MetaLoop(
            network: network, learner: SecondOrderMAML(), settings: settings, outer: outer,
            threads: threads, seed: 45)
        var samples: [TaskSamples<Float>] = []
        for id in source.ids(in: .train) where samples.count < tasks {
            let whole = try source.episode(id)
            guard whole.support.count >= support, whole.query.count >= query else { continue }
            samples.append(
                try TaskSamples<Float>(
                    Episode(
                        id: id, support: whole.support.first(support),
                        query: whole.query.first(query)), for: network))
        }
        guard samples.count == tasks else {
            throw ValidationError("the collection has no \(tasks) tasks of that size")
        }
        var report = Report()
        for step in 0..<(repeats + 2) {
            let (start, spent) = (ContinuousClock.now, Measurement.processSeconds())
            let outcomes = try loop.step(samples)
            if step >= 2 {
                report.wall.append((ContinuousClock.now - start) / .seconds(1))
                report.cpu.append(Measurement.processSeconds() - spent)
            } else if step == 0 {
                report.queryLoss =
                    outcomes.reduce(0) { $0 + Double($1.query.loss) } / Double(outcomes.count)
                    / Double((query + 31) / 32)
            }
        }
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }
}

extension WindowSet {
    /// The first windows.
    fileprivate func first(_ count: Int) throws -> WindowSet {
        try WindowSet(
            signal: signal, channelCount: channelCount, windowLength: windowLength,
            starts: Array(starts.prefix(count)), labels: Array(labels.prefix(count)))
    }
}
