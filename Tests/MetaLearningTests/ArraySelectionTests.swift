import Autodiff
import MetaLearning
import SeededRandom
import Testing

/// What stands round meta-training on arrays: validation, pre-training, new supports.
@Suite("Training on arrays, selected by validation tasks")
struct ArraySelectionTests {
    /// Two channels of four samples a row; which channel is strong is the class, and each person
    /// has a level of their own.
    static func people(_ range: Range<Int>, round: Int = 0) -> [ArrayTask] {
        range.map { person in
            var generator = SeededGenerator(seed: 8, stream: "person \(person)")
            let level = Float(generator.uniform(in: 0.5..<2))
            var draws = SeededGenerator(seed: 9, stream: "rows of \(person), \(round)")
            let classes: [UInt8] = (0..<24).map { UInt8($0 % 2) }
            let inputs = classes.map { label in
                (0..<8).map { place in
                    (place / 4 == Int(label) ? 2 * level : level)
                        + 0.5 * Float(draws.nearlyNormal())
                }
            }
            return ArrayTask(
                id: "person \(person)", inputs: inputs, answers: .classes(classes),
                trainFraction: 0.25)
        }
    }

    static var options: MAML.Options {
        var options = MAML.Options()
        options.seed = 3
        options.windowLength = 4
        options.metaEpochs = 30
        options.tasksPerEpoch = 3...3
        options.inner = InnerSGD(learningRate: 0.05)
        options.innerSteps = 2
        options.outerLearningRate = 0.01
        options.validationInterval = 5
        return options
    }

    @Test("the parameters are those of the lowest validation loss, the start among them")
    func selection() throws {
        var options = Self.options
        let validation = Self.people(6..<9)
        let trained = try MAML.train(
            model: DNN(hidden: [6]), tasks: Self.people(0..<6), validation: validation,
            options: options)
        #expect(trained.validation.map(\.epoch) == [0, 5, 10, 15, 20, 25, 30])
        let best = try #require(trained.validation.min { $0.loss < $1.loss })
        #expect(trained.selectedEpoch == best.epoch && best.loss < trained.validation[0].loss)
        // Training that was ended there gives the same parameters.
        options.metaEpochs = best.epoch
        let ended = try MAML.train(
            model: DNN(hidden: [6]), tasks: Self.people(0..<6), options: options)
        #expect(ended.parameters == trained.parameters)
        #expect(ended.validation.isEmpty && ended.selectedEpoch == best.epoch)
        // By accuracy, of equally good ones by loss.
        options.metaEpochs = 30
        options.selectsByAccuracy = true
        let accurate = try MAML.train(
            model: DNN(hidden: [6]), tasks: Self.people(0..<6), validation: validation,
            options: options)
        #expect(accurate.validation == trained.validation)
        let first = try #require(
            accurate.validation.max { ($0.accuracy, -$0.loss) < ($1.accuracy, -$1.loss) })
        #expect(accurate.selectedEpoch == first.epoch)
        options.selectsByAccuracy = false
        // What harms is not taken.
        options.metaEpochs = 20
        options.outerLearningRate = 50
        options.patience = 2
        let harmed = try MAML.train(
            model: DNN(hidden: [6]), tasks: Self.people(0..<6), validation: validation,
            options: options)
        #expect(harmed.selectedEpoch == 0 && harmed.validation.map(\.epoch) == [0, 5, 10])
    }

    @Test("a pre-trained model is fine-tuned through the same call")
    func pretraining() throws {
        var options = Self.options
        options.metaEpochs = 0
        var settings = TrainingConfiguration.Baselines.Pretrained()
        settings.epochs = 12
        settings.learningRate = 0.01
        options.pretraining = settings
        let tasks = Self.people(0..<6)
        let trained = try MAML.train(
            model: DNN(hidden: [6]), tasks: tasks, validation: Self.people(6..<9), options: options)
        // 144 rows in batches of 32.
        #expect(trained.gradientCount == 12 * 5 && trained.hessianProductCount == 0)
        #expect(trained.losses.isEmpty && trained.selectedEpoch == 0)
        let person = Self.people(9..<10)[0]
        let adapted = try trained.adapted(to: person.support)
        let probabilities = try adapted.probabilities(of: person.query.inputs)
        #expect(probabilities.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
        guard case .classes(let classes) = person.query.answers else { return }
        let right = zip(probabilities, classes).count { $0[Int($1)] > 0.5 }
        #expect(Double(right) > 0.8 * Double(classes.count))
        #expect(try trained.adapted(to: person.support, steps: 0).outputs(of: []).isEmpty)
    }

    @Test("rows are channel by channel for every model")
    func order() throws {
        // A model that reads samples one after the other, given the same numbers in its own order.
        var options = Self.options
        options.metaEpochs = 3
        var model = CNN()
        (model.hidden, model.filters, model.kernel) = ([4], [3], 2)
        let trained = try MAML.train(model: model, tasks: Self.people(0..<4), options: options)
        let person = Self.people(9..<10)[0]
        let row = person.query.inputs[0]
        let found = try trained.adapted(to: person.support, steps: 0).outputs(of: [row])[0]
        var objective = Objective<Float>(trained.network)
        let bySamples = (0..<8).map { row[$0 % 2 * 4 + $0 / 2] }
        objective.load(
            LabeledSamples(rows: bySamples, labels: [0]), [0],
            weighedBy: Minibatches(sampleCount: 1, size: 1))
        _ = objective.run(parameters: trained.parameters.values)
        #expect(objective.logits == found)
    }

    @Test("supports that are drawn anew take the place of the tasks")
    func redraw() throws {
        var options = Self.options
        options.metaEpochs = 4
        let tasks = Self.people(0..<3)
        options.redraw = { round in Self.people(0..<3, round: round) }
        let drawn = try MAML.train(model: DNN(hidden: [4]), tasks: tasks, options: options)
        options.threads = 1
        #expect(
            try MAML.train(model: DNN(hidden: [4]), tasks: tasks, options: options).parameters
                == drawn.parameters)
        options.redraw = { _ in tasks }
        #expect(
            try MAML.train(model: DNN(hidden: [4]), tasks: tasks, options: options).parameters
                != drawn.parameters)
        options.redraw = { _ in [] }
        let error = #expect(throws: MetaLearningError.self) {
            try MAML.train(model: DNN(hidden: [4]), tasks: tasks, options: options)
        }
        #expect(error?.description.contains("meta-epoch 1") == true)
    }

    private static func features(turned: Bool, base: FeatureBase) -> PosteriorFeatures {
        var learner = PosteriorFeatures()
        learner.base = base
        learner.turns = turned ? .ring : .none
        return learner
    }

    @Test(
        "closed-form heads are trained, chosen and asked through the same call",
        arguments: [
            PrototypicalNetwork(.euclidean, features: 4),
            PrototypicalNetwork(.cosine, base: .input),
            RidgeRegression(features: 4), features(turned: false, base: .logAmplitude),
            features(turned: true, base: .logAmplitude), features(turned: true, base: .input),
        ] as [any MetaLearner])
    func heads(_ learner: any MetaLearner) throws {
        var options = Self.options
        options.learner = learner
        let tasks = Self.people(0..<6)
        let person = Self.people(9..<10)[0]
        var answers: [[[Double]]] = []
        for threads in [1, 2] {
            options.threads = threads
            let trained = try MAML.train(
                model: DNN(hidden: [6]), tasks: tasks, validation: Self.people(6..<9),
                options: options)
            let best = try #require(trained.validation.min { $0.loss < $1.loss })
            #expect(best.epoch == trained.selectedEpoch && trained.hessianProductCount == 0)
            answers.append(
                try trained.adapted(to: person.support).probabilities(of: person.query.inputs))
        }
        #expect(answers[0] == answers[1])
        guard case .classes(let classes) = person.query.answers else { return }
        let right = zip(answers[0], classes).count { $0[Int($1)] > 0.5 }
        #expect(Double(right) > 0.8 * Double(classes.count))
    }

    @Test("heads that cannot be are refused with what to do")
    func refusals() throws {
        var options = Self.options
        options.learner = Self.features(turned: true, base: .input)
        var cnn = CNN()
        (cnn.hidden, cnn.filters, cnn.kernel) = ([4], [3], 2)
        var error = #expect(throws: MetaLearningError.self) {
            try MAML.train(model: cnn, tasks: Self.people(0..<4), options: options)
        }
        #expect(error?.description.contains("log_amplitude") == true)
        options.learner = Self.features(turned: true, base: .none)
        error = #expect(throws: MetaLearningError.self) {
            try MAML.train(model: DNN(hidden: [4]), tasks: Self.people(0..<4), options: options)
        }
        #expect(error?.description.contains("turns: none") == true)
        let line = ArrayTask(
            id: "line", inputs: [[1, 2, 3, 4], [2, 3, 4, 5]], answers: .targets([[1], [2]]))
        for learner in [PrototypicalNetwork(), ProtoMAML(), UnicornMAML()] as [any MetaLearner] {
            options.learner = learner
            error = #expect(throws: MetaLearningError.self) {
                try MAML.train(tasks: [line], options: options)
            }
            #expect(error?.description.contains("mean squared error") == true)
        }
    }
}
