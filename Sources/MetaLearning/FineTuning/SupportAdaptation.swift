package import Documents
private import SeededRandom

/// How a trained network is adapted to a person's support, with its parameters kept: the same
/// computation by which trained models are compared on test tasks.
package struct SupportAdaptation: Described, Hashable {
    /// Whose way of adapting it is, when ``fineTuning`` says nothing else.
    package var learner: any MetaLearner = SecondOrderMAML()
    /// A way of its own to fine-tune; `nil` for the learner's.
    package var fineTuning: (any FineTuning)?
    /// The steps.
    package var inner = TrainingConfiguration.Inner()
    /// What random choices are drawn from.
    package var seed = SeededGenerator.defaultSeed
    /// Rates that the learner learned, as many as it learns; none for the rate of ``inner``. They
    /// are no member of documents: they may be as many as parameters.
    package var rates: [Float] = []

    /// Second-order MAML's adaptation with the default steps.
    package init() {}

    /// As a training adapts its models on test tasks.
    ///
    /// - Parameters:
    ///   - configuration: The training's settings.
    ///   - method: Which of its models: the pre-trained one may have a way of its own.
    ///   - rates: Rates that the learner learned with the meta-trained model.
    package init(
        _ configuration: TrainingConfiguration, of method: Method = .meta, rates: [Float] = []
    ) {
        learner = configuration.learner
        inner = configuration.inner
        seed = configuration.seed
        self.rates = rates
        if method == .pretrained, let settings = configuration.baselines.pretrained,
            !settings.isFineTunedAsUsual
        {
            fineTuning = settings.fineTuning
        }
    }

    /// The members of documents.
    package static let fields: Fields<Self> = [
        Field("learner", \.learner, .learner, "Whose way of adapting it is, by name and settings."),
        Field(
            optional: "fine_tuning", \.fineTuning, .fineTuning,
            "A way of its own to fine-tune, by name and settings; the learner's when left out.",
            absence: .leftOut),
        Field(object: "inner", \.inner, "The steps."),
        Field("seed", \.seed, .seed, "What random choices are drawn from."),
    ]

    /// Whether two ways are written in the same way, with the same learned rates.
    package static func == (left: Self, right: Self) -> Bool {
        left.document == right.document && left.rates == right.rates
    }

    /// Feeds what is written.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(document)
        hasher.combine(rates)
    }

    /// Adapts a network.
    ///
    /// - Parameters:
    ///   - network: The network, which has no closed-form head.
    ///   - parameters: Its parameters as they were trained.
    ///   - support: Windows and labels to adapt on, normalized.
    ///   - id: The task's name, which random orders and masks are drawn by.
    /// - Returns: Its parameters after adaptation.
    /// - Throws: ``MetaLearningError`` when windows do not fit the network, the way to fine-tune
    ///   gives it other parameters, or a loss is not finite.
    package func adapted(
        _ network: any Network, _ parameters: Parameters<Float>, to support: WindowSet, id: String
    ) throws(MetaLearningError) -> Parameters<Float> {
        var configuration = TrainingConfiguration()
        configuration.inner = inner
        configuration.seed = seed
        var settings = configuration.adaptation
        var initial = parameters.values
        if let fineTuning {
            let model = try FineTunedModel(fineTuning, of: network, settings, seed: seed)
            guard model.network.parameters == network.parameters else {
                throw MetaLearningError(
                    .incompatible(
                        expected: "fine-tuning that leaves a model its parameters",
                        found: "fine-tuning \(fineTuning.name)"), at: "the adaptation",
                    hint: "train with another baselines.pretrained.fine_tuning")
            }
            settings = model.settings
            initial = model.start(from: initial)
        } else {
            settings = learner.adaptation(settings)
            let count = settings.optimizer.rateLayout(of: network.parameters)?.count ?? 0
            guard rates.isEmpty || rates.count == count else {
                throw MetaLearningError(
                    .sizeMismatch(expected: count, found: rates.count),
                    at: "learned rates of \(learner.name)")
            }
            initial +=
                rates.isEmpty ? Array(repeating: Float(inner.learningRate), count: count) : rates
        }
        let part = try Episode(id: id, support: support, query: support)
        var run = AdaptationRun<Float>(
            network: network, settings: settings, trajectoryBudget: 1)
        run.begin(
            try TaskSamples(part, for: network), goal: .parameters, initial: initial)
        _ = try run.advance(by: .max)
        return Parameters(layout: parameters.layout, values: run.adapted)
    }
}
