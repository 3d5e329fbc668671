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
        let candidates = (people.isRing ? [false, true] : [false]).flatMap { turnsBand in
            Self.rates.map { NetworkStudy.Candidate(turnsBand: turnsBand, rate: $0) }
        }
        var pretraining = TrainingConfiguration.Baselines.Pretrained()
        pretraining.epochs = epochs
        pretraining.learningRate = learningRate
        let model = MLP(hidden: hidden)
        // Rates differ in which pass they choose, not in the passes.
        var passes: [Bool: MAML.PretrainedPasses] = [:]
        return try study.best(of: candidates, stepCounts: [1, 2, 5, 10, 20, 50]) { candidate in
            // A turned band is seen in as many turns as there are channels, thinned to as many
            // windows.
            let turns = candidate.turnsBand ? people.turns : 0..<1
            let tasks = study.wholeTasks(turns: turns, step: 2 * turns.count)
            var options = study.options(seed: seed)
            options.inner = InnerSGD(learningRate: candidate.rate ?? Self.rates[0])
            options.fineTuning = Tuning()
            options.metaEpochs = 0
            let pretrained =
                try passes[candidate.turnsBand]
                ?? MAML.pretrained(pretraining, model: model, tasks: tasks, options: options)
            passes[candidate.turnsBand] = pretrained
            options.pretrained = pretrained
            return try MAML.train(
                model: model, tasks: tasks, validation: study.validationTasks, options: options)
        }
    }
}
