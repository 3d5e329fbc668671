import Autodiff
import Foundation
import MetaLearning

/// The tiny problem of `Golden/HOW-MADE.md`, made by formulas.
enum SmallNetwork {
    static let network = DenseNetwork(inputWidth: 6, hidden: [5, 4], classCount: 3)
    static let supportCount = 11
    static let queryCount = 7

    /// Numbers in about −1…1 that need no random generator.
    static func formula(_ count: Int, _ a: Double, _ b: Double) -> [Double] {
        (1..<count + 1).map { sin(a * Double($0)) * cos(b * Double($0) + 0.5) }
    }

    static var initial: [Double] {
        formula(network.parameters.count, 0.7, 1.3).map { $0 * 0.6 }
    }

    static func samples(_ count: Int, _ a: Double, _ b: Double) -> LabeledSamples<Double> {
        LabeledSamples(
            rows: formula(count * network.inputWidth, a, b).map { $0 * 2 },
            labels: (0..<count).map { UInt8(($0 * $0 + $0 / 2) % 3) })
    }

    static var task: TaskSamples<Double> {
        TaskSamples(
            id: "small", support: samples(supportCount, 0.37, 0.91),
            query: samples(queryCount, 0.53, 0.29))
    }

    static func run(
        _ optimizer: InnerOptimizer, epochs: Int = 2, budget: Int = .max
    ) -> AdaptationRun<Double> {
        AdaptationRun(
            network: network,
            settings: AdaptationSettings(
                optimizer: optimizer, epochs: epochs, batchSize: 4, queryBatchSize: 4),
            trajectoryBudget: budget)
    }

    static let optimizers: [String: InnerOptimizer] = [
        "sgd": .sgd(InnerSGD(learningRate: 0.1)), "adam": .adam(InnerAdam(learningRate: 0.05)),
    ]
}
