package import Documents
package import MetaLearning

/// A small network, meta-trained by one of the learners on tasks as the protocol gives them.
package struct MetaTrainedMethod<Learner: MetaLearner>: AdaptationMethod {
    /// The name in documents: the learner's.
    package static var key: String { Learner.key }
    /// What it is.
    package static var documentation: String {
        "A network on the features of the prior, meta-trained on tasks with new supports and turns at "
            + "every step: \(Learner.documentation)"
    }
    /// The members of a document.
    package static var fields: Fields<Self> {
        [
            Field(
                "hidden", \.hidden, .list(of: .integer(in: 1...4_096), count: 0...8),
                "Units of each hidden layer."),
            Field(
                "meta_epochs", \.metaEpochs, .integer(in: 0...1_000_000),
                "Meta-steps; those of the highest accuracy on training people that choose are taken."
            ),
            Field(
                "tasks", \.tasksPerStep, .integer(in: 1...1_000), "Tasks of a meta-step."),
            Field(
                "inner_rate", \.innerRate, .positive("a rate above 0"),
                "The learning rate of a step of adaptation."),
            Field("inner_steps", \.innerSteps, .integer(in: 1...1_000), "Steps of adaptation."),
            Field(
                "outer_rate", \.outerRate, .positive("a rate above 0"),
                "Adam's learning rate for the meta-parameters."),
        ]
    }

    /// Units of each hidden layer.
    package var hidden = [64]
    /// Meta-steps.
    package var metaEpochs = 300
    /// Tasks of a meta-step.
    package var tasksPerStep = 6
    /// The learning rate of a step of adaptation.
    package var innerRate = 0.1
    /// Steps of adaptation in training.
    package var innerSteps = 5
    /// Adam's learning rate.
    package var outerRate = 3e-3

    /// The defaults.
    package init() {}

    /// It draws parameters and tasks.
    package var isSeeded: Bool { true }

    /// Numbers of steps among which is chosen; learned rates of steps have none beyond their own.
    private var stepCounts: [Int] {
        Learner.self == LayerRatesMAML.self ? [innerSteps] : [1, 2, 5, 10, 20]
    }

    /// The learner; heads start from the features themselves.
    private func learner(_ people: TrainingPeople) -> any MetaLearner {
        switch Learner() {
        case var learner as PrototypicalNetwork:
            learner.base = .input
            return learner
        case var learner as RidgeRegression:
            learner.base = .input
            return learner
        case var learner as PosteriorFeatures:
            learner.base = .input
            learner.turns = people.isRing ? .ring : .none
            return learner
        case var learner as LayerRatesMAML:
            learner.rateSteps = innerSteps
            return learner
        case let learner: return learner
        }
    }

    /// Meta-trains.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        let study = NetworkStudy(people)
        let learner = learner(people)
        // Heads in closed form take no steps.
        let stepCounts = learner is any HeadLearner ? [0] : stepCounts
        return try study.best(
            of: (people.isRing ? [false, true] : [false]).map { .init(turnsBand: $0) },
            stepCounts: stepCounts
        ) { candidate in
            let draw = EpisodeDraw(
                people: study.learned, input: study.input, supports: people.supports,
                turnsBand: candidate.turnsBand, seed: seed)
            var options = study.options(seed: seed)
            options.classCount = people.ways ?? options.classCount
            options.learner = learner
            options.inner = InnerSGD(learningRate: innerRate)
            options.innerSteps = innerSteps
            options.outerLearningRate = outerRate
            options.metaEpochs = metaEpochs
            options.redraw = { draw.tasks(epoch: $0, count: tasksPerStep) }
            options.validationInterval = 25
            return try MAML.train(
                model: MLP(hidden: hidden),
                tasks: people.ways == nil
                    ? study.wholeTasks(turns: 0..<1, step: 2) : draw.independentTasks,
                validation: study.validationTasks, options: options)
        }
    }
}
