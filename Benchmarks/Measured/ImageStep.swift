import ArgumentParser
import Autodiff
import Foundation
import MetaLearning

/// Exact second-order meta-steps of the four-layer network over few-shot tasks of images, all in memory.
///
/// Images and initial parameters come from formulas, so that the peers work on the same numbers.
struct ImageStep: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image-step", abstract: "Takes exact meta-steps over tasks of images.")

    @Option(help: "Filters of each of the four convolutions.")
    var filters = 64

    @Option(help: "Support images of each of the five classes.")
    var shots = 1

    @Option(help: "Query images of each class.")
    var queries = 15

    @Option(help: "Inner steps, of gradient descent over the whole support.")
    var innerSteps = 1

    @Option(help: "Tasks of a meta-step.")
    var tasks = 8

    @Option(help: "Threads.")
    var threads = 1

    @Option(help: "Meta-steps that are measured, after two that are not.")
    var repeats = 3

    private static let ways = 5

    private struct Report: Codable {
        var wall: [Double] = []
        var cpu: [Double] = []
        var queryLoss = 0.0
        var peak = 0

        enum CodingKeys: String, CodingKey {
            case wall, cpu, peak
            case queryLoss = "query_loss"
        }
    }

    func run() throws {
        var definition = ImageCNN()
        definition.filters = Array(repeating: filters, count: 4)
        definition.downsampling = .stride
        definition.size = PatchLayout.Extent(height: 28, width: 28)
        let network = try definition.network(
            channelCount: 1, windowLength: 784, classCount: Self.ways)
        var settings = AdaptationSettings(
            optimizer: .sgd(InnerSGD(learningRate: 0.1)), epochs: 1,
            batchSize: Self.ways * shots, queryBatchSize: Self.ways * queries)
        settings.steps = innerSteps
        var outer = MetaLoop.Outer()
        outer.learningRate = 1e-3
        outer.tasksPerStep = tasks
        // Each parameter a draw of its own: bounds as PyTorch has them.
        let initial = network.parameters.entries.flatMap { entry -> [Float] in
            guard !entry.name.hasPrefix("norm") else {
                return Array(
                    repeating: entry.name.hasSuffix("weight") ? 1 : 0, count: entry.range.count)
            }
            let width = entry.shape.rank > 1 ? entry.shape.count / entry.shape[0] : filters * 4
            let bound = 1 / Float(width).squareRoot()
            return entry.range.map { bound * Self.formula($0) }
        }
        var loop = MetaLoop(
            network: network, learner: SecondOrderMAML(), settings: settings, outer: outer,
            threads: threads, seed: 45, initial: initial)
        let samples = (0..<tasks).map { task in
            TaskSamples<Float>(
                id: "\(task)", support: Self.images(shots, from: task * 1_000_000),
                query: Self.images(queries, from: task * 1_000_000 + 500_000))
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
            }
        }
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        report.peak = usage.ru_maxrss * 1_024
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }

    /// A number from −1 to 1 that depends on its place alone; exact in 32 bits.
    private static func formula(_ place: Int) -> Float {
        let mixed = (UInt32(truncatingIfNeeded: place) &* 2_654_435_761) >> 8
        return Float(mixed) / Float(1 << 23) - 1
    }

    /// Images of each class, class by class: a pattern of the class and noise.
    private static func images(_ count: Int, from start: Int) -> LabeledSamples<Float> {
        var rows: [Float] = []
        var labels: [UInt8] = []
        for way in 0..<ways {
            for image in 0..<count {
                let place = start + (way * count + image) * 784
                rows += (0..<784).map {
                    0.5 * formula(way * 7_919 + $0) + 0.5 * formula(place + $0)
                }
                labels.append(UInt8(way))
            }
        }
        return LabeledSamples(rows: rows, labels: labels)
    }
}
