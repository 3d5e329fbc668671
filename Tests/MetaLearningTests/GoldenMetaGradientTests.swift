import Autodiff
import Foundation
import MetaLearning
import TestSupport
import Testing

/// The whole meta-gradient against PyTorch's on real windows.
@Suite(
    "Meta-gradients equal PyTorch's",
    .enabled(
        if: SharedMaterial.isPresent("golden/maml/dnn.safetensors"),
        "the golden fixtures of PyTorch lie beside the checkout and are not there"))
struct GoldenMetaGradientTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let task: String
        let optimizer: String
        var testDescription: String { "\(task), \(optimizer)" }

        static let all = ["task0", "task1"].flatMap { task in
            ["sgd", "adam"].map { Row(task: task, optimizer: $0) }
        }

        var rule: InnerOptimizer {
            optimizer == "sgd"
                ? .sgd(InnerSGD(learningRate: 0.01)) : .adam(InnerAdam(learningRate: 0.001))
        }

        /// The gates that the fixtures' README derives from measured rounding.
        func gate<Scalar: TensorScalar>(_ value: String, _ scalar: Scalar.Type) -> Double {
            if scalar == Double.self { return optimizer == "sgd" ? 1e-12 : 1e-10 }
            return optimizer == "adam" && value == "maml" ? 1e-2 : 1e-4
        }
    }

    private let fixture: Fixture

    init() throws {
        fixture = try Fixture()
    }

    @Test("in double precision", arguments: Row.all)
    func double(_ row: Row) throws { try check(row, Double.self) }

    @Test("in single precision", arguments: Row.all)
    func single(_ row: Row) throws { try check(row, Float.self) }

    @Test("summed over tasks", arguments: ["sgd", "adam"])
    func sum(_ optimizer: String) throws {
        try checkSum(optimizer, Double.self)
        try checkSum(optimizer, Float.self)
    }

    @Test(
        "whatever the trajectory's memory, in the same bits",
        arguments: [1, 300_000, 600_000, 1_000_000, 2_000_000, 4_000_000])
    func budgets(bytes: Int) throws {
        let row = Row(task: "task0", optimizer: "adam")
        let ample: [Double] = try fixture.gradient(row, epochs: 3, budget: .max).gradient
        let tight: [Double] = try fixture.gradient(row, epochs: 3, budget: bytes).gradient
        #expect(tight == ample)
    }

    private func check<Scalar: TensorScalar>(_ row: Row, _ scalar: Scalar.Type) throws {
        let exact: AdaptationOutcome<Scalar> = try fixture.gradient(row)
        let (first, adapted): (AdaptationOutcome<Scalar>, [Scalar]) = try fixture.adapt(
            row, .firstOrderGradient)
        let (score, scored): (AdaptationOutcome<Scalar>, [Scalar]) = try fixture.adapt(row, .score)
        let prefix = "\(row.task)/\(row.optimizer)"
        let losses: Tensor<Scalar> = try fixture.file.tensor("\(prefix)/support_losses", in: "")
        let loss: Tensor<Scalar> = try fixture.file.tensor("\(prefix)/query_loss_sum", in: "")

        for (name, found) in [
            ("maml", exact.gradient), ("fomaml", first.gradient), ("adapted", adapted),
        ] {
            let expected: [Scalar] = try fixture.vector("\(prefix)/\(name)")
            let distance = relativeDistance(found, expected)
            #expect(distance < row.gate(name, scalar), "\(name)")
        }
        let other = row.gate("losses", scalar)
        #expect(relativeDistance(exact.supportLosses, losses.elements) < other)
        #expect(relativeDistance([exact.query.loss], loss.elements) < other)
        #expect(exact.query.loss == score.query.loss && first.query.loss == score.query.loss)
        #expect(scored == adapted)

        let logits: Tensor<Scalar> = try fixture.file.tensor("\(prefix)/adapted_logits", in: "")
        let query: LabeledSamples<Scalar> = try fixture.samples(row.task, "query")
        var objective = Objective<Scalar>(fixture.network)
        objective.load(
            query, Array(0..<16)[...], weighedBy: Minibatches(sampleCount: 16, size: 8))
        _ = objective.run(parameters: adapted)
        #expect(relativeDistance(objective.logits, logits.elements) < other)
    }

    private func checkSum<Scalar: TensorScalar>(
        _ optimizer: String, _ scalar: Scalar.Type
    ) throws {
        var total: [Scalar] = []
        for task in ["task0", "task1"] {
            let gradient: [Scalar] = try fixture.gradient(Row(task: task, optimizer: optimizer))
                .gradient
            total = total.isEmpty ? gradient : zip(total, gradient).map { $0 + $1 }
        }
        let expected: [Scalar] = try fixture.vector("sum/\(optimizer)/maml")
        let gate = Row(task: "", optimizer: optimizer).gate("maml", scalar)
        #expect(relativeDistance(total, expected) < gate)
    }
}

private struct Fixture {
    let file: Safetensors
    let network = DenseNetwork(inputWidth: 320, hidden: [64, 32], classCount: 3)

    init() throws {
        file = try Safetensors(
            contentsOf: SharedMaterial.url("golden/maml/dnn.safetensors"))
    }

    /// The parameters below a prefix as one flat vector.
    func vector<Scalar: TensorScalar>(_ prefix: String) throws -> [Scalar] {
        try network.parameters.entries.flatMap { entry -> [Scalar] in
            try file.tensor("\(prefix)/\(entry.name)", in: "").elements
        }
    }

    /// Windows as rows, channel by channel.
    func samples<Scalar: TensorScalar>(
        _ task: String, _ part: String
    ) throws -> LabeledSamples<Scalar> {
        let windows: Tensor<Scalar> = try file.tensor("\(task)/\(part)_x", in: "")
        let labels = try file.integers("\(task)/\(part)_y", in: "").map { UInt8($0) }
        let (time, channels) = (40, 8)
        let rows = labels.indices.flatMap { window in
            (0..<channels).flatMap { channel in
                (0..<time).map { windows.elements[(window * time + $0) * channels + channel] }
            }
        }
        return LabeledSamples(rows: rows, labels: labels)
    }

    func gradient<Scalar: TensorScalar>(
        _ row: GoldenMetaGradientTests.Row, epochs: Int = 1, budget: Int = .max
    ) throws -> AdaptationOutcome<Scalar> {
        try adapt(row, .exactGradient, epochs: epochs, budget: budget).outcome
    }

    func adapt<Scalar: TensorScalar>(
        _ row: GoldenMetaGradientTests.Row, _ goal: AdaptationGoal, epochs: Int = 1,
        budget: Int = .max
    ) throws -> (outcome: AdaptationOutcome<Scalar>, adapted: [Scalar]) {
        var run = AdaptationRun<Scalar>(
            network: network,
            settings: AdaptationSettings(
                optimizer: row.rule, epochs: epochs, batchSize: 8, queryBatchSize: 8),
            trajectoryBudget: budget)
        run.begin(
            TaskSamples(
                id: row.task, support: try samples(row.task, "support"),
                query: try samples(row.task, "query")),
            goal: goal, initial: try vector("init"))
        let outcome = try #require(try run.advance(by: .max))
        return (outcome, run.adapted)
    }
}
