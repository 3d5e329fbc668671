import Autodiff
import Documents
import MetaLearning
import SeededRandom
import Testing

@Suite("Meta-training on arrays and sinusoids")
struct ArrayTrainingTests {
    /// Lines through the origin with slopes of their own.
    private static func lines(_ count: Int) -> [ArrayTask] {
        var generator = SeededGenerator(seed: 4, stream: "lines")
        return (0..<count).map { index in
            let slope = Float(generator.uniform(in: -2..<2))
            let inputs = (0..<20).map { _ in [Float(generator.uniform(in: -1..<1))] }
            return ArrayTask(
                id: "line \(index)", inputs: inputs,
                answers: .targets(inputs.map { [slope * $0[0]] }), trainFraction: 0.5)
        }
    }

    private static var options: MAML.Options {
        var options = MAML.Options()
        options.seed = 0
        options.metaEpochs = 150
        options.tasksPerEpoch = 3...6
        options.inner = InnerRules.sgd(learningRate: 0.1)
        options.innerSteps = 3
        options.outerLearningRate = 0.01
        return options
    }

    @Test("a single call learns to adapt, and prediction follows its support")
    func lines() throws {
        let tasks = Self.lines(12)
        let trained = try MAML.train(model: .mlp([16]), tasks: tasks, options: Self.options)
        #expect(trained.losses.count == 150)
        let first = trained.losses.prefix(10).reduce(0, +)
        let last = trained.losses.suffix(10).reduce(0, +)
        #expect(last < first / 3)
        for slope in [Float(-1.5), 1.5] {
            let inputs: [[Float]] = [[-0.8], [-0.4], [0.1], [0.5], [0.9]]
            let support = ArrayTask.Part(inputs, .targets(inputs.map { [slope * $0[0]] }))
            let predicted = try trained.predict([[0.7]], after: support, steps: 10)
            #expect(abs(predicted[0][0] - slope * 0.7) < 0.4)
        }
    }

    @Test("classes are learned by cross-entropy without being declared")
    func classes() throws {
        var generator = SeededGenerator(seed: 5)
        let tasks = (0..<6).map { index in
            let flip: UInt8 = index.isMultiple(of: 2) ? 0 : 1
            let inputs = (0..<24).map { _ in [Float(generator.nearlyNormal())] }
            return ArrayTask(
                id: "\(index)", inputs: inputs,
                answers: .classes(inputs.map { ($0[0] > 0 ? 1 : 0) ^ flip }), trainFraction: 0.5)
        }
        var options = Self.options
        options.innerSteps = 5
        let trained = try MAML.train(model: .mlp([8]), tasks: tasks, options: options)
        #expect(trained.losses.suffix(10).reduce(0, +) < trained.losses.prefix(10).reduce(0, +))
        #expect(trained.network.classCount == 2)
    }

    @Test("a loss of one's own takes the place of the squared error")
    func ownLoss() throws {
        var options = Self.options
        options.metaEpochs = 20
        let plain = try MAML.train(model: .mlp([8]), tasks: Self.lines(4), options: options)
        options.loss = Loss("squared error by hand") { tape, outputs, targets, weights in
            let error = tape.subtract(outputs, targets)
            return tape.sum(tape.multiply(weights, tape.multiply(error, error)))
        }
        let own = try MAML.train(model: .mlp([8]), tasks: Self.lines(4), options: options)
        #expect(
            relativeDistance(own.parameters.values, plain.parameters.values) < 1e-4)
    }

    @Test("threads do not change a bit, the seed does")
    func determinism() throws {
        var options = Self.options
        options.metaEpochs = 10
        let runs = try [1, 2, 3].map { threads in
            options.threads = threads
            return try MAML.train(tasks: Self.lines(5), options: options).parameters
        }
        #expect(runs[1] == runs[0] && runs[2] == runs[0])
        options.seed = 1
        #expect(try MAML.train(tasks: Self.lines(5), options: options).parameters != runs[0])
    }

    @Test("training ends when the progress says so")
    func stopping() throws {
        let trained = try MAML.train(tasks: Self.lines(3), options: Self.options) { epoch, _ in
            epoch < 4
        }
        #expect(trained.losses.count == 4)
    }

    @Test("tasks that do not fit are refused by name")
    func mismatches() {
        let good = Self.lines(1)[0]
        let wide = ArrayTask(
            id: "wide", inputs: [[1, 2], [3, 4]], answers: .targets([[1], [2]]))
        let classes = ArrayTask(
            id: "classes", inputs: [[1], [2]], answers: .classes([0, 1]))
        for (tasks, mention) in [
            ([good, wide], "wide"), ([good, classes], "classes"), ([], "tasks"),
        ] as [([ArrayTask], String)] {
            let error = #expect(throws: MetaLearningError.self) { try MAML.train(tasks: tasks) }
            #expect(error?.description.contains(mention) == true)
        }
    }

    @Test("the sinusoid families have the benchmark's grids")
    func grids() {
        let two = SinusoidFamily(.two)
        let three = SinusoidFamily(.three)
        #expect(two.grid.cellCount == 1_764 && three.grid.cellCount == 12_348)
        #expect(two.evaluationGrid.count == 450 && three.evaluationGrid.count == 3_600)
        #expect(two.evaluationGrid[0] == [0.1, 0])
        #expect(abs(two.value([2, 90], at: 0) - 2) < 1e-15)
        var generator = SeededGenerator(seed: 6)
        for cell in [0, 35, 36, 1_763] {
            let parameters = two.grid.parameters(of: cell, from: &generator)
            let place = two.grid.place(of: cell)
            #expect(place == [cell / 36, cell % 36])
            #expect(Int((parameters[0] - 0.1) / 0.1) == place[0])
            #expect(Int(parameters[1] / 5) == place[1])
        }
    }

    @Test(
        "every regime trains on sinusoids",
        arguments: Registry<any SamplingRegime>.standard.entries.map(\.standard))
    func regimes(_ regime: any SamplingRegime) throws {
        for dimensions in SinusoidFamily.Dimensions.allCases {
            var settings = SinusoidExperiment.Settings()
            settings.seed = 0
            settings.family = SinusoidFamily(dimensions)
            settings.iterations = 30
            settings.tasksPerStep = 4
            settings.regime = regime
            settings.testTasks = 20
            settings.testSteps = [0, 1]
            let experiment = try SinusoidExperiment.run(settings)
            let queue = try #require(experiment.queue)
            #expect(queue.counts.reduce(0, +) == 120)
            #expect(experiment.scores.map(\.steps) == [0, 1])
            #expect(experiment.gridScores.allSatisfy { $0.mean.isFinite && $0.deviation > 0 })
            let map = settings.family.grid.heatMap(of: queue)
            #expect(map.split(separator: "\n").count == queue.counts.count + 1)
        }
    }

    @Test("meta-training on sinusoids makes one step of adaptation worth it")
    func learns() throws {
        var settings = SinusoidExperiment.Settings()
        settings.seed = 0
        settings.iterations = 600
        settings.testTasks = 200
        let scores = try SinusoidExperiment.run(settings).scores
        #expect(scores[1].mean < scores[0].mean * 0.8)
        #expect(scores[4].mean < scores[1].mean)
    }
}
