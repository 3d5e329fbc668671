import Autodiff
import Foundation
import MetaLearning
import TestSupport
import Testing

/// Networks over images and batch normalization against PyTorch; see `Golden/HOW-MADE.md`.
@Suite("Meta-gradients of image networks equal PyTorch's")
struct GoldenImageNetworkTests {
    private struct Outcome: Decodable {
        let supportLosses: [Double]
        let queryLoss: Double
        let adapted: [Double]
        let exact: [Double]
        let firstOrder: [Double]
        let aloneLoss: Double
        let aloneClasses: [UInt8]
    }

    private struct File: Decodable {
        let networks: [String: Outcome]
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let network: any Network
        var testDescription: String { name }

        static let all: [Case] =
            ImageCNN.Downsampling.allCases.flatMap { downsampling in
                ImageCNN.Readout.allCases.flatMap { readout in
                    [true, false].map { norm in
                        var settings = ImageCNN()
                        settings.filters = [2, 3]
                        settings.downsampling = downsampling
                        settings.readout = readout
                        settings.batchNorm = norm
                        return Case(
                            name: "\(downsampling.rawValue), \(readout.rawValue), "
                                + (norm ? "batch_norm" : "plain"),
                            network: ImageNetwork(
                                settings: settings, size: .init(height: 7, width: 6),
                                channelCount: 2, classCount: 3))
                    }
                }
            } + [
                Case(
                    name: "dense",
                    network: DenseNetwork(
                        inputWidth: 84, hidden: [4, 3], classCount: 3, hasBatchNorm: true))
            ]
    }

    private static let file = Result {
        try JSONDecoder().decode(
            File.self,
            from: Data(
                contentsOf: SharedMaterial.packageFolder.appending(
                    path: "Tests/MetaLearningTests/Golden/images.json")))
    }

    private static func samples(
        _ count: Int, _ a: Double, _ b: Double, for network: any Network
    ) -> LabeledSamples<Double> {
        var rows: [Double] = SmallNetwork.formula(count * network.inputWidth, a, b).map { $0 * 2 }
        if network.layout == .channelMajor {
            // Formulas count pixels with their channels last.
            rows = (0..<count).flatMap { image in
                (0..<2).flatMap { channel in (0..<42).map { rows[image * 84 + $0 * 2 + channel] } }
            }
        }
        return LabeledSamples(
            rows: rows, labels: (0..<count).map { UInt8(($0 * $0 + $0 / 2) % 3) })
    }

    private static func adapted(
        _ network: any Network, _ goal: AdaptationGoal, isTransductive: Bool = true,
        budget: Int = .max
    ) throws -> (outcome: AdaptationOutcome<Double>, parameters: [Double]) {
        var settings = AdaptationSettings(
            optimizer: .sgd(InnerSGD(learningRate: 0.05)), epochs: 2, batchSize: 100,
            queryBatchSize: 100)
        settings.isTransductive = isTransductive
        var run = AdaptationRun<Double>(
            network: network, settings: settings, trajectoryBudget: budget)
        let task = TaskSamples(
            id: "images", support: samples(7, 0.37, 0.91, for: network),
            query: samples(5, 0.53, 0.29, for: network))
        let initial = SmallNetwork.formula(network.parameters.count, 0.7, 1.3).map { $0 * 0.6 }
        run.begin(task, goal: goal, initial: initial)
        let outcome = try #require(try run.advance(by: .max))
        return (outcome, goal == .exactGradient ? [] : run.adapted)
    }

    @Test("for strides, pooling, means over pixels and batch normalization", arguments: Case.all)
    func gradients(_ example: Case) throws {
        let expected = try #require(try Self.file.get().networks[example.name])
        let (exact, _) = try Self.adapted(example.network, .exactGradient)
        let (first, adapted) = try Self.adapted(example.network, .firstOrderGradient)
        #expect(relativeDistance(exact.supportLosses, expected.supportLosses) < 1e-12)
        #expect(relativeDistance([exact.query.loss], [expected.queryLoss]) < 1e-12)
        #expect(relativeDistance(adapted, expected.adapted) < 1e-12)
        #expect(relativeDistance(exact.gradient, expected.exact) < 1e-11)
        #expect(relativeDistance(first.gradient, expected.firstOrder) < 1e-11)
    }

    @Test("also when the trajectory is computed again for want of memory", arguments: Case.all)
    func recomputed(_ example: Case) throws {
        let ample = try Self.adapted(example.network, .exactGradient).outcome.gradient
        let tight = try Self.adapted(example.network, .exactGradient, budget: 1).outcome.gradient
        #expect(ample == tight)
    }

    @Test(
        "and what is not transductive sees each query image with the support alone",
        arguments: Case.all)
    func alone(_ example: Case) throws {
        let expected = try #require(try Self.file.get().networks[example.name])
        let (score, _) = try Self.adapted(example.network, .score, isTransductive: false)
        #expect(relativeDistance([score.query.loss], [expected.aloneLoss]) < 1e-11)
        #expect(score.query.predictions == expected.aloneClasses)
        let together = try Self.adapted(example.network, .score).outcome
        #expect(
            (together.query.loss == score.query.loss) == !example.network.readsBatchStatistics)
    }
}
