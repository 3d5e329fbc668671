import Autodiff
import Documents
import Foundation
import MetaLearning
import TestSupport
import Testing

/// Closed-form heads on a tiny network whose numbers are formulas.
@Suite("Closed-form heads")
struct ClosedFormHeadTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let network: HeadedNetwork
        /// Which of the eleven support rows are shown.
        let support: [Int]

        var testDescription: String { name }

        static let labels = (0..<11).map { ($0 * $0 + $0 / 2) % 3 }

        init(
            _ name: String, _ head: any ClosedFormHead, width: Int = 4,
            source: FeatureBase = .none, support: [Int] = Array(0..<11)
        ) {
            self.name = name
            self.support = support
            network = HeadedNetwork(
                DenseNetwork(inputWidth: 6, hidden: [5], classCount: width), head: head,
                source: source, channelCount: 3, classCount: 3)
        }

        static let all: [Row] = [
            Row("euclidean", PrototypeHead(.euclidean)),
            Row("cosine", PrototypeHead(.cosine)),
            Row("ridge", RidgeHead()),
            Row("ridge of few rows", RidgeHead(), support: [0, 1, 2]),
            Row(
                "posterior", PosteriorHead(classCount: 3, width: 3), width: 3,
                source: .logAmplitude),
            Row(
                "posterior, turned",
                PosteriorHead(classCount: 3, width: 3, turns: .ring(channels: 3)), width: 3,
                source: .logAmplitude),
            Row(
                "posterior of two classes, turned",
                PosteriorHead(classCount: 3, width: 3, turns: .ring(channels: 3)), width: 3,
                source: .logAmplitude, support: (0..<11).filter { labels[$0] < 2 }),
        ]

        var initial: [Double] {
            SmallNetwork.formula(network.parameters.count, 0.7, 1.3).map { $0 * 0.6 }
        }

        var task: TaskSamples<Double> {
            let rows = SmallNetwork.formula(11 * 6, 0.37, 0.91).map { $0 * 2 }
            return TaskSamples(
                id: "small",
                support: LabeledSamples(
                    rows: support.flatMap { Array(rows[$0 * 6..<($0 + 1) * 6]) },
                    labels: support.map { UInt8(Self.labels[$0]) }),
                query: SmallNetwork.samples(7, 0.53, 0.29))
        }

        func outcome(
            _ goal: AdaptationGoal, from initial: [Double]? = nil
        ) throws -> AdaptationOutcome<Double> {
            var run = AdaptationRun<Double>(
                network: network,
                settings: AdaptationSettings(
                    optimizer: .sgd(InnerSGD(learningRate: 9)), epochs: 2, batchSize: 4,
                    queryBatchSize: 4),
                trajectoryBudget: .max)
            run.begin(task, goal: goal, initial: initial ?? self.initial)
            return try #require(try run.advance(by: .max))
        }
    }

    @Test(
        "the query loss and its gradient through the solution equal PyTorch's", arguments: Row.all)
    func golden(_ row: Row) throws {
        let file = SharedMaterial.packageFolder.appending(
            path: "Tests/MetaLearningTests/Golden/heads.json")
        let expected = try Document(contentsOf: file).cursor.object().required(row.name).object()
        let outcome = try row.outcome(.exactGradient)
        let loss = try expected.required("queryLoss").number()
        let gradient = try expected.required("gradient").array().map { try $0.number() }
        #expect(abs(outcome.query.loss - loss) < 1e-10 * loss)
        #expect(relativeDistance(outcome.gradient, gradient) < 1e-10)
        #expect(outcome.supportLosses.isEmpty && outcome.cost.hessianProductCount == 0)
        #expect(try row.outcome(.score).query.loss == outcome.query.loss)
    }

    @Test("the gradient is that of central differences", arguments: Row.all)
    func differences(_ row: Row) throws {
        let gradient = try row.outcome(.exactGradient).gradient
        let start = row.initial
        let step = 1e-6
        let differences = try start.indices.map { index in
            var (above, below) = (start, start)
            above[index] += step
            below[index] -= step
            return
                (try row.outcome(.score, from: above).query.loss
                - row.outcome(.score, from: below).query.loss) / (2 * step)
        }
        #expect(relativeDistance(gradient, differences) < 1e-7)
    }

    @Test("steps that are asked for are not taken", arguments: Row.all.prefix(2))
    func noSteps(_ row: Row) throws {
        var run = AdaptationRun<Double>(
            network: row.network,
            settings: AdaptationSettings(
                optimizer: .adam(InnerAdam(learningRate: 1)), epochs: 3, batchSize: 2,
                queryBatchSize: 4), trajectoryBudget: 1)
        run.begin(row.task, goal: .parameters, initial: row.initial, steps: 20)
        _ = try run.advance(by: .max)
        #expect(run.adapted == row.initial)
    }

    @Test("a class that was not shown is ruled out by prototypes, not by the posterior")
    func missingClass() throws {
        let shown = (0..<11).filter { Row.labels[$0] != 1 }
        for (head, isRuledOut) in [
            (PrototypeHead(.euclidean), true), (PrototypeHead(.cosine), true),
            (PosteriorHead(classCount: 3, width: 4), false),
        ] as [(any ClosedFormHead, Bool)] {
            let row = Row("", head, support: shown)
            let query = try row.outcome(.score).query
            #expect(query.predictions.count == 7 && query.loss.isFinite)
            #expect(!isRuledOut || !query.predictions.contains(1))
            let near = query.loss < 100
            #expect(near == !isRuledOut)
        }
    }

    @Test(
        "through the posterior, training starts from the learned prior's own predictions",
        arguments: [false, true])
    func start(isTurned: Bool) throws {
        let (channels, length, classes) = (4, 5, 3)
        let people = LevelPeople(channels: channels, length: length, classCount: classes)
        let turns: FeatureTurns = isTurned ? .ring(channels: channels) : .none
        let network = HeadedNetwork(
            DenseNetwork(inputWidth: channels * length, hidden: [6], classCount: channels),
            head: PosteriorHead(classCount: classes, width: channels, turns: turns),
            source: .logAmplitude, channelCount: channels, classCount: classes)
        let tasks = (0..<9).map { people.samples($0) }
        let initial: Parameters<Float> = network.initialParameters(seed: 2)
        let values = try network.started(initial.values, on: tasks)

        let amplitudes = tasks.map { people.amplitudes($0) }
        let logarithm = LogAmplitude.fit(amplitudes.map(\.rows), channels: channels)
        var settings = LearnedPrior.Settings()
        settings.mixesTurns = true
        let prior = try LearnedPrior.fit(
            amplitudes.map { [ClassRows(logarithm($0.rows), labels: $0.labels, width: channels)] },
            classCount: classes, turns: turns, settings: settings)
        let newcomer = people.samples(20, turn: isTurned ? 2 : 0)
        let support = people.amplitudes(newcomer, part: newcomer.support)
        let query = people.amplitudes(newcomer, part: newcomer.query)
        let adapted = prior.adapted(
            to: ClassRows(logarithm(support.rows), labels: support.labels, width: channels))

        var objective = Objective<Float>(network)
        let order = Array(0..<newcomer.query.count)
        objective.load(
            newcomer.query, order[...],
            weighedBy: Minibatches(sampleCount: order.count, size: order.count),
            given: newcomer.support)
        _ = objective.run(parameters: values)
        let logits = objective.logits
        for row in order {
            let own = logits[row * classes..<(row + 1) * classes].map { exp(Double($0)) }
            let sum = own.reduce(0, +)
            let features = logarithm(
                Array(query.rows[row * channels..<(row + 1) * channels]))
            for (found, expected) in zip(own, adapted.probabilities(of: features)) {
                // Parameters and features are rounded to single precision.
                #expect(abs(found / sum - expected) < 2e-4)
            }
        }
    }
}

/// People whose classes are levels of channels, with gains of their own.
struct LevelPeople: Sendable {
    let channels: Int
    let length: Int
    let classCount: Int

    /// The rows of a person, three of each class for adapting and six for evaluation.
    func samples(_ person: Int, turn: Int = 0) -> TaskSamples<Float> {
        func part(_ count: Int, _ phase: Double) -> LabeledSamples<Float> {
            var rows: [Float] = []
            var labels: [UInt8] = []
            for index in 0..<count * classCount {
                let label = index % classCount
                labels.append(UInt8(label))
                for channel in 0..<channels {
                    let place = (channel + channels - turn) % channels
                    let gain = 1 + 0.4 * sin(Double(person * 7 + place * 3 + label))
                    let level = (place + label) % channels == 0 ? 3.0 : 0.7 + 0.2 * Double(place)
                    for sample in 0..<length {
                        let ripple = sin(
                            Double(index * 31 + channel * 17 + sample * 5 + person) + phase)
                        rows.append(
                            Float(gain * level * (1 + 0.3 * ripple) * (sample % 2 == 0 ? 1 : -1)))
                    }
                }
            }
            return LabeledSamples(rows: rows, labels: labels)
        }
        return TaskSamples(
            id: "person \(person)", support: part(3, 0.2), query: part(6, 1.7))
    }

    /// The mean absolute value of each channel of each row; of support and query when no part is
    /// named.
    func amplitudes(
        _ task: TaskSamples<Float>, part: LabeledSamples<Float>? = nil
    ) -> (rows: [Double], labels: [UInt8]) {
        let samples = part ?? LabeledSamples(joining: [task.support, task.query])
        var rows = [Float](repeating: 0, count: samples.count * samples.width)
        samples.gather(Array(0..<samples.count)[...], into: &rows)
        let means = stride(from: 0, to: rows.count, by: length).map { first in
            rows[first..<first + length].reduce(0) { $0 + abs(Double($1)) } / Double(length)
        }
        return (means, (0..<samples.count).map { UInt8(samples.label(of: $0)) })
    }
}
