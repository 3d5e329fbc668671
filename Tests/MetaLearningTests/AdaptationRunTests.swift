import Autodiff
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("The derivative through adaptation")
struct AdaptationRunTests {
    @Test(
        "equals that of an unrolled graph in PyTorch",
        arguments: [("sgd", 1e-12), ("adam", 1e-10)])
    func golden(name: String, gate: Double) throws {
        let file = SharedMaterial.packageFolder.appending(
            path: "Tests/MetaLearningTests/Golden/small_dnn.json")
        let expected = try Document(contentsOf: file).cursor.object().required(name).object()
        func vector(_ key: String) throws -> [Double] {
            try expected.required(key).array().map { try $0.number() }
        }
        let optimizer = try #require(SmallNetwork.optimizers[name])
        let exact = try outcome(optimizer, .exactGradient).outcome
        let first = try outcome(optimizer, .firstOrderGradient)

        #expect(relativeDistance(exact.gradient, try vector("exact")) < gate)
        #expect(relativeDistance(first.outcome.gradient, try vector("firstOrder")) < gate)
        #expect(relativeDistance(first.adapted, try vector("adapted")) < gate)
        #expect(relativeDistance(exact.supportLosses, try vector("supportLosses")) < gate)
        let loss = try expected.required("queryLoss").number()
        #expect(abs(exact.query.loss - loss) < gate * loss)
    }

    @Test(
        "equals central differences of the query loss after adaptation", arguments: ["sgd", "adam"])
    func differences(name: String) throws {
        let optimizer = try #require(SmallNetwork.optimizers[name])
        let gradient = try outcome(optimizer, .exactGradient).outcome.gradient
        let start = SmallNetwork.initial
        let step = 1e-6
        let differences = try start.indices.map { index in
            var (above, below) = (start, start)
            above[index] += step
            below[index] -= step
            return
                (try outcome(optimizer, .score, from: above).outcome.query.loss
                - outcome(optimizer, .score, from: below).outcome.query.loss) / (2 * step)
        }
        #expect(relativeDistance(gradient, differences) < 1e-6)
    }

    @Test("the second order matters", arguments: ["sgd", "adam"])
    func secondOrderMatters(name: String) throws {
        let optimizer = try #require(SmallNetwork.optimizers[name])
        let exact = try outcome(optimizer, .exactGradient).outcome.gradient
        let first = try outcome(optimizer, .firstOrderGradient).outcome.gradient
        #expect(relativeDistance(first, exact) > 1e-2)
    }

    @Test(
        "has the same bits whatever the memory and the number of pieces",
        arguments: ["sgd", "adam"], [1, 2_000, 4_000, 8_000, 20_000, 50_000])
    func budgets(name: String, bytes: Int) throws {
        let optimizer = try #require(SmallNetwork.optimizers[name])
        let ample = try outcome(optimizer, .exactGradient, epochs: 7).outcome
        var run = SmallNetwork.run(optimizer, epochs: 7, budget: bytes)
        run.begin(SmallNetwork.task, goal: .exactGradient, initial: SmallNetwork.initial)
        var tight: AdaptationOutcome<Double>?
        while tight == nil { tight = try run.advance(by: 3) }
        #expect(tight?.gradient == ample.gradient)
        #expect(tight?.supportLosses == ample.supportLosses)
        #expect(ample.cost.recomputation == 1)
        if bytes <= 8_000 { #expect(try #require(tight).cost.recomputation > 1) }
        let states = 2 * SmallNetwork.initial.count * 8 * (1 + (name == "adam" ? 2 : 0))
        #expect(try #require(tight).cost.trajectoryBytes <= max(bytes, states))
    }

    @Test("a run gives the same for a task whatever it did before")
    func reuse() throws {
        let optimizer = InnerOptimizer.adam(InnerAdam(learningRate: 0.05))
        let alone = try outcome(optimizer, .exactGradient).outcome
        var run = SmallNetwork.run(optimizer)
        let other = TaskSamples(
            id: "other", support: SmallNetwork.samples(18, 0.11, 0.7),
            query: SmallNetwork.samples(5, 0.2, 0.3))
        for goal in [AdaptationGoal.exactGradient, .firstOrderGradient, .score] {
            run.begin(other, goal: goal, initial: SmallNetwork.initial.map { $0 * 2 })
            _ = try run.advance(by: .max)
            run.begin(SmallNetwork.task, goal: .exactGradient, initial: SmallNetwork.initial)
            #expect(try run.advance(by: .max)?.gradient == alone.gradient)
        }
    }

    @Test("a shuffled support has other minibatches, the same for the same seed")
    func shuffle() throws {
        func gradient(seed: UInt64?) throws -> [Double] {
            var run = AdaptationRun<Double>(
                network: SmallNetwork.network,
                settings: AdaptationSettings(
                    optimizer: .sgd(InnerSGD(learningRate: 0.1)), epochs: 2, batchSize: 4,
                    queryBatchSize: 4, shuffleSeed: seed),
                trajectoryBudget: .max)
            run.begin(SmallNetwork.task, goal: .exactGradient, initial: SmallNetwork.initial)
            return try #require(try run.advance(by: .max)).gradient
        }
        #expect(try gradient(seed: 1) == gradient(seed: 1))
        #expect(try gradient(seed: 1) != gradient(seed: 2))
        #expect(try gradient(seed: 1) != gradient(seed: nil))
    }

    @Test("a loss that overflows is reported with the task and the step")
    func notFinite() throws {
        var run = SmallNetwork.run(.sgd(InnerSGD(learningRate: 1e300)))
        run.begin(SmallNetwork.task, goal: .exactGradient, initial: SmallNetwork.initial)
        let error = #expect(throws: MetaLearningError.self) { try run.advance(by: .max) }
        #expect(error?.location == "small")
        guard case .notFinite(let what)? = error?.kind else {
            Issue.record("unexpected kind \(String(describing: error))")
            return
        }
        #expect(what.hasPrefix("the support loss at step"))
    }

    private func outcome(
        _ optimizer: InnerOptimizer, _ goal: AdaptationGoal, from initial: [Double]? = nil,
        epochs: Int = 2
    ) throws -> (outcome: AdaptationOutcome<Double>, adapted: [Double]) {
        var run = SmallNetwork.run(optimizer, epochs: epochs)
        run.begin(SmallNetwork.task, goal: goal, initial: initial ?? SmallNetwork.initial)
        let outcome = try #require(try run.advance(by: .max))
        return (outcome, run.adapted)
    }
}
