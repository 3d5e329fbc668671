import Autodiff
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

/// Each learner's gradient against central differences of what it is the gradient of.
@Suite("Meta-learners")
struct MetaLearnerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let learner: any MetaLearner
        let optimizer: InnerOptimizer
        /// What the query losses after each of the inner steps weigh.
        let weights: @Sendable (_ stepCount: Int) -> [Double]

        var testDescription: String { name }

        static let all: [Row] = [
            Row(
                name: "MAML, momentum", learner: SecondOrderMAML(),
                optimizer: .momentum(InnerMomentum(learningRate: 0.1, decay: 0.8)), weights: last),
            Row(
                name: "MAML with every step's loss, Adam",
                learner: SecondOrderMAML(multiStepEpochs: 4),
                optimizer: .adam(InnerAdam(learningRate: 0.05)), weights: even),
            Row(
                name: "MAML with every step's loss, descent",
                learner: SecondOrderMAML(multiStepEpochs: 1),
                optimizer: .sgd(InnerSGD(learningRate: 0.1)), weights: even),
            Row(
                name: "ANIL, descent", learner: ANIL(),
                optimizer: .sgd(InnerSGD(learningRate: 0.1)), weights: last),
            Row(
                name: "ANIL, Adam", learner: ANIL(),
                optimizer: .adam(InnerAdam(learningRate: 0.05)), weights: last),
            Row(
                name: "ANIL, momentum", learner: ANIL(),
                optimizer: .momentum(InnerMomentum(learningRate: 0.1)), weights: last),
            Row(
                name: "Meta-SGD", learner: MetaSGD(startRate: 0.1),
                optimizer: .sgd(InnerSGD(learningRate: 9)), weights: last),
            Row(
                name: "Meta-SGD with every step's loss",
                learner: MetaSGD(startRate: 0.1, multiStepEpochs: 1),
                optimizer: .sgd(InnerSGD(learningRate: 9)), weights: even),
            Row(
                name: "proto_maml", learner: ProtoMAML(),
                optimizer: .sgd(InnerSGD(learningRate: 0.1)), weights: last),
            Row(
                name: "unicorn_maml", learner: UnicornMAML(),
                optimizer: .sgd(InnerSGD(learningRate: 0.1)), weights: last),
            Row(
                name: "layer_rates", learner: LayerRatesMAML(rateSteps: 4),
                optimizer: .sgd(InnerSGD(learningRate: 9)), weights: last),
            Row(
                name: "ProtoMAML, Adam", learner: ProtoMAML(),
                optimizer: .adam(InnerAdam(learningRate: 0.05)), weights: last),
            Row(
                name: "layer_rates with every step's loss",
                learner: LayerRatesMAML(rateSteps: 8, multiStepEpochs: 1),
                optimizer: .sgd(InnerSGD(learningRate: 9)), weights: even),
        ]

        static let last: @Sendable (Int) -> [Double] = { count in
            Array(repeating: 0, count: count - 1) + [1]
        }
        static let even: @Sendable (Int) -> [Double] = { count in
            Array(repeating: 1 / Double(count), count: count)
        }
    }

    private static func run(_ row: Row, budget: Int = .max) -> AdaptationRun<Double> {
        AdaptationRun(
            network: SmallNetwork.network,
            settings: row.learner.adaptation(
                AdaptationSettings(
                    optimizer: row.optimizer, epochs: 2, batchSize: 4, queryBatchSize: 4)),
            trajectoryBudget: budget)
    }

    /// The start, with uneven rates behind it for learners of rates.
    private static func start(_ row: Row) -> [Double] {
        let initial = SmallNetwork.initial
        let count: Int
        switch row.learner {
        case is MetaSGD: count = initial.count
        case let learner as LayerRatesMAML: count = 6 * learner.rateSteps
        default: return initial
        }
        return initial + SmallNetwork.formula(count, 0.3, 0.9).map { 0.1 + 0.05 * $0 }
    }

    @Test("starts and rates of their own equal PyTorch's", arguments: Row.all[8...10])
    func golden(_ row: Row) throws {
        let file = SharedMaterial.packageFolder.appending(
            path: "Tests/MetaLearningTests/Golden/learners.json")
        let expected = try Document(contentsOf: file).cursor.object().required(row.name).object()
        var run = Self.run(row)
        run.begin(
            SmallNetwork.task, goal: row.learner.goal(epoch: 0), initial: Self.start(row))
        let outcome = try #require(try run.advance(by: .max))
        let loss = try expected.required("queryLoss").number()
        #expect(abs(outcome.query.loss - loss) < 1e-12 * loss)
        let gradient = try expected.required("exact").array().map { try $0.number() }
        #expect(relativeDistance(outcome.gradient, gradient) < 1e-12)
    }

    @Test("a class that was not shown starts from the model's own row")
    func unseenClass() throws {
        let task = TaskSamples<Double>(
            id: "two classes",
            support: LabeledSamples(
                rows: SmallNetwork.formula(4 * 6, 0.3, 0.8), labels: [0, 2, 2, 0]),
            query: SmallNetwork.samples(7, 0.53, 0.29))
        let row = Row.all[8]
        func loss(_ start: [Double]) throws -> Double {
            var run = Self.run(row)
            run.begin(task, goal: .score, initial: start)
            return try #require(try run.advance(by: .max)).query.loss
        }
        var run = Self.run(row)
        let start = SmallNetwork.initial
        run.begin(task, goal: .exactGradient, initial: start)
        let gradient = try #require(try run.advance(by: .max)).gradient
        let head = start.count - (4 * 3 + 3)
        // Rows of shown classes have no say; that of the class between them, and its bias, have.
        for place in 0..<15 {
            let isOwn = place < 12 ? place / 4 == 1 : place == 13
            #expect(gradient[head + place] == 0 || isOwn)
        }
        #expect(gradient[head + 4..<head + 8].contains { $0 != 0 } && gradient[head + 13] != 0)
        for index in [0, 20, head + 5, head + 13] {
            var (above, below) = (start, start)
            above[index] += 1e-6
            below[index] -= 1e-6
            let expected = (try loss(above) - loss(below)) / 2e-6
            #expect(abs(gradient[index] - expected) < 1e-6)
        }
    }

    @Test("gradients are those of central differences", arguments: Row.all)
    func differences(_ row: Row) throws {
        let start = Self.start(row)
        var run = Self.run(row)
        run.begin(SmallNetwork.task, goal: row.learner.goal(epoch: 0), initial: start)
        let outcome = try #require(try run.advance(by: .max))
        let stepCount = outcome.supportLosses.count
        #expect(stepCount == 6 && outcome.cost.hessianProductCount == 6)

        var scoring = Self.run(row)
        let weights = row.weights(stepCount)
        func value(_ point: [Double]) throws -> Double {
            var total = 0.0
            for (step, weight) in weights.enumerated() where weight > 0 {
                scoring.begin(
                    SmallNetwork.task, goal: .score, initial: point, steps: step + 1)
                total += weight * (try #require(try scoring.advance(by: .max))).query.loss
            }
            return total
        }
        let directions = [(0.9, 1.7), (2.1, 0.4), (0.2, 2.9)].map {
            SmallNetwork.formula(start.count, $0.0, $0.1)
        }
        for direction in directions {
            let step = 1e-6
            let above = try value(zip(start, direction).map { $0 + step * $1 })
            let below = try value(zip(start, direction).map { $0 - step * $1 })
            let expected = (above - below) / (2 * step)
            let found = zip(outcome.gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(found - expected) < 2e-6 * max(1, abs(expected)))
        }
    }

    @Test("any memory gives the same bits", arguments: Row.all)
    func budgets(_ row: Row) throws {
        var gradients: [[Double]] = []
        for budget in [1, 6_000, .max] {
            var run = Self.run(row, budget: budget)
            run.begin(
                SmallNetwork.task, goal: row.learner.goal(epoch: 0), initial: Self.start(row))
            gradients.append(try #require(try run.advance(by: .max)).gradient)
        }
        #expect(gradients[0] == gradients[2] && gradients[1] == gradients[2])
    }

    @Test("ANIL leaves all layers but the last one as they are")
    func head() throws {
        var run = Self.run(Row.all[3])
        run.begin(SmallNetwork.task, goal: .score, initial: SmallNetwork.initial)
        _ = try run.advance(by: .max)
        let body = SmallNetwork.initial.count - (4 * 3 + 3)
        #expect(Array(run.adapted[..<body]) == Array(SmallNetwork.initial[..<body]))
        #expect(run.adapted[body...] != SmallNetwork.initial[body...])
    }

    @Test("Reptile's step is the way that adaptation went")
    func reptile() throws {
        var run = Self.run(Row.all[2])
        run.begin(
            SmallNetwork.task, goal: Reptile().goal(epoch: 0), initial: SmallNetwork.initial)
        let outcome = try #require(try run.advance(by: .max))
        #expect(outcome.gradient == zip(SmallNetwork.initial, run.adapted).map { $0 - $1 })
        #expect(outcome.cost.hessianProductCount == 0)
    }

    /// With the Hessian of a quadratic the system has an exact solution, which conjugate
    /// gradients reach in as many iterations as there are unknowns.
    @Test("the implicit system is solved", arguments: ImplicitSolver.Rule.allCases)
    func solver(_ rule: ImplicitSolver.Rule) {
        let hessian = [[2.0, 0.5, 0], [0.5, 1, -0.2], [0, -0.2, 3]]
        let solver = ImplicitSolver(
            rule, iterations: rule == .conjugateGradient ? 3 : 200, lambda: 2)
        let right = [1.0, -2, 0.5]
        let solution: [Double] = solver.solve(right) { vector, result in
            for row in 0..<3 {
                for column in 0..<3 { result[row] += hessian[row][column] * vector[column] }
            }
        }
        for row in 0..<3 {
            let left =
                solution[row]
                + (0..<3).reduce(0) { $0 + hessian[row][$1] * solution[$1] } / 2
            #expect(abs(left - right[row]) < 1e-12)
        }
    }

    @Test(
        "a sequence of one task is first-order MAML",
        arguments: AfterEachTask.allCases)
    func sequenceOfOne(_ after: AfterEachTask) throws {
        let settings = AdaptationSettings(
            optimizer: .sgd(InnerSGD(learningRate: 0.1)), epochs: 2, batchSize: 4,
            queryBatchSize: 4)
        let pool = AdaptationPool<Double>(
            network: SmallNetwork.network, settings: settings, tasksAtOnce: 2, threads: 2,
            trajectoryBudget: .max)
        let single = try pool.adapt(
            count: 2, goal: .firstOrderGradient, initial: SmallNetwork.initial
        ) { _ in SmallNetwork.task }
        let sequences = try pool.adaptSequences(
            count: 2, learner: SequentialFirstOrderMAML(length: 1, afterEachTask: after),
            initial: SmallNetwork.initial, round: 0, seed: 1
        ) { _ in SmallNetwork.task }
        // After the only task the losses asked for besides are the same ones again.
        let times = after == .none ? 1.0 : 2
        for (one, sequence) in zip(single, sequences) {
            #expect(
                relativeDistance(sequence.gradient, one.gradient.map { $0 * times }) < 1e-15)
            #expect(sequence.query.loss == one.query.loss)
            #expect(sequence.supportLosses == one.supportLosses)
        }
    }

    @Test("a sequence's gradient is the mean of its tasks' at its end")
    func sequence() throws {
        let settings = AdaptationSettings(
            optimizer: .sgd(InnerSGD(learningRate: 0.1)), epochs: 1, batchSize: 4,
            queryBatchSize: 4)
        let second = TaskSamples(
            id: "second", support: SmallNetwork.samples(9, 0.2, 0.8),
            query: SmallNetwork.samples(6, 0.7, 0.1))
        let tasks = [SmallNetwork.task, second]
        let pool = AdaptationPool<Double>(
            network: SmallNetwork.network, settings: settings, tasksAtOnce: 2, threads: 1,
            trajectoryBudget: .max)
        let outcomes = try pool.adaptSequences(
            count: 2, learner: SequentialFirstOrderMAML(length: 2),
            initial: SmallNetwork.initial, round: 0, seed: 1
        ) { tasks[$0] }

        var run = AdaptationRun<Double>(
            network: SmallNetwork.network, settings: settings, trajectoryBudget: .max)
        var parameters = SmallNetwork.initial
        for task in tasks {
            run.begin(task, goal: .score, initial: parameters)
            _ = try run.advance(by: .max)
            parameters = run.adapted
        }
        var objective = Objective<Double>(SmallNetwork.network)
        var expected = [Double](repeating: 0, count: parameters.count)
        for task in tasks {
            let count = task.query.count
            objective.load(
                task.query, Array(0..<count)[...],
                weighedBy: Minibatches(sampleCount: count, size: 4), times: 0.5)
            _ = objective.run(parameters: parameters)
            objective.addGradient(to: &expected, parameters: parameters)
        }
        var gradient: [Double] = []
        MetaGradient(averages: false).combine(outcomes, into: &gradient)
        #expect(relativeDistance(gradient, expected) < 1e-14)
    }

    @Test("meta-gradients are summed, weighed, averaged and shortened")
    func combination() {
        func outcome(_ gradient: [Double]) -> AdaptationOutcome<Double> {
            AdaptationOutcome(
                id: "", supportLosses: [],
                query: QueryScore(loss: 0, batchCount: 1, correctCount: 0, count: 1),
                gradient: gradient, cost: AdaptationCost())
        }
        let outcomes = [outcome([1, 2]), outcome([2, 2])]
        var result: [Double] = []
        MetaGradient(averages: false).combine(outcomes, into: &result)
        #expect(result == [3, 4])
        MetaGradient(averages: true).combine(outcomes, weights: [2, 4], into: &result)
        #expect(result == [5, 6])
        MetaGradient(averages: false, clipNorm: 1).combine(outcomes, into: &result)
        #expect(relativeDistance(result, [0.6, 0.8]) < 1e-15)
        MetaGradient(averages: false, clipNorm: 5).combine(outcomes, into: &result)
        #expect(result == [3, 4])
    }
}
