package import Documents
package import MetaLearning

/// A small network, trained on all training people's windows and fine-tuned on what was shown, in one
/// of the ways of fine-tuning.
package struct PretrainedMethod<Tuning: FineTuning>: AdaptationMethod {
    /// The name in documents: that of the way of fine-tuning, `pretrained` for all parameters.
    package static var key: String {
        Tuning.self == FullFineTuning.self ? "pretrained" : Tuning.key
    }
    /// What it is.
    package static var documentation: String {
        "A network trained on all training people's windows and fine-tuned on what was shown, with "
            + "rate, steps and passes chosen on training people: \(Tuning.documentation)"
    }
    /// The members of a document.
    package static var fields: Fields<Self> {
        [
            Field(
                "hidden", \.hidden, .list(of: .integer(in: 1...4_096), count: 0...8),
                "Units of each hidden layer."),
            Field(
                "epochs", \.epochs, .integer(in: 1...10_000),
                "Passes over the windows; the one of the highest accuracy on training people that choose is taken."
            ),
            Field(
                "learning_rate", \.learningRate, .positive("a rate above 0"),
                "Adam's learning rate in training."),
        ]
    }

    /// Units of each hidden layer.
    package var hidden = [64]
    /// Passes over the windows.
    package var epochs = 12
    /// Adam's learning rate in training.
    package var learningRate = 3e-3

    /// The defaults.
    package init() {}

    /// It draws parameters and the order of windows.
    package var isSeeded: Bool { true }

    /// The learning rates of fine-tuning among which is chosen.
    private static var rates: [Double] { [0.01, 0.05, 0.2] }

    /// Trains, and chooses how it is fine-tuned.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        let study = NetworkStudy(people)
        var best: (accuracy: Double, network: TrainedNetwork)?
        for turnsBand in people.isRing ? [false, true] : [false] {
            for rate in Self.rates {
                let trained = try trained(study, people, turnsBand, rate, seed)
                let steps = try study.bestSteps(of: trained, among: [1, 2, 5, 10, 20, 50])
                let accuracy = steps.reduce(0) { $0 + $1.accuracy }
                guard accuracy > best?.accuracy ?? -1 else { continue }
                best = (
                    accuracy,
                    TrainedNetwork(
                        trained: trained, input: study.input, steps: steps.map(\.steps),
                        others: [
                            MethodChoice(name: "rate", value: "\(rate)"),
                            MethodChoice(
                                name: "band in training", value: turnsBand ? "turned" : "as worn"),
                        ])
                )
            }
        }
        guard let best else { preconditionFailure("one of the choices is the best") }
        return best.network
    }

    private func trained(
        _ study: NetworkStudy, _ people: TrainingPeople, _ turnsBand: Bool, _ rate: Double,
        _ seed: UInt64
    ) throws -> MAML {
        // A turned band is seen in as many turns as there are channels, thinned to as many windows.
        let turns = turnsBand ? people.turns : 0..<1
        let tasks = study.wholeTasks(turns: turns, step: 2 * turns.count)
        var options = MAML.Options()
        options.classCount = people.classCount
        options.inner = InnerSGD(learningRate: rate)
        options.fineTuning = Tuning()
        options.selectsByAccuracy = true
        options.windowLength = NetworkInput.featuresPerChannel
        options.innerSteps = 5
        options.metaEpochs = 0
        var pretraining = TrainingConfiguration.Baselines.Pretrained()
        pretraining.epochs = epochs
        pretraining.learningRate = learningRate
        options.pretraining = pretraining
        options.threads = 1
        options.seed = seed
        return try MAML.train(
            model: MLP(hidden: hidden), tasks: tasks, validation: study.validationTasks,
            options: options)
    }
}
