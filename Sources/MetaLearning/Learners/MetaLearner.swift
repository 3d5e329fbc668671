public import Documents

/// How the adaptations to tasks become a meta-gradient, with its settings.
///
/// A learner says how the model adapts and what is wanted of each task; the engine gives it, and
/// the outer optimizer moves the parameters along the sum or the mean over tasks.
///
/// The library's learners are listed by `myotask kinds`; a package outside adds its own to the
/// ``Documents/Kinds`` that documents are read with, which then call it by its key, as
/// `algorithm: boil`, and have its settings among `algorithm_settings`. Where another learner has a
/// setting of the same name, it must mean the same.
public protocol MetaLearner: DescribedKind {
    /// What is wanted of each task.
    ///
    /// - Parameter epoch: The meta-epoch, counted from 0.
    /// - Returns: What the engine computes of a task in this epoch.
    func goal(epoch: Int) -> AdaptationGoal

    /// How the model adapts, in meta-training and wherever it is fine-tuned.
    ///
    /// - Parameter settings: What was asked for, with the loss still to be set.
    /// - Returns: What is done; by default the same.
    func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings

    /// The model that learns.
    ///
    /// - Parameters:
    ///   - model: Which model was asked for.
    ///   - channelCount: Channels of a window.
    ///   - windowLength: Samples of a window.
    ///   - classCount: Classes, or numbers put out.
    /// - Returns: The model; by default as asked for.
    /// - Throws: ``MetaLearningError`` when windows or the model do not do.
    func network(
        _ model: any ModelDefinition, channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network

    /// Tasks that are learned one after the other, at least 1; 1, by default, when each is learned
    /// by itself. More need a ``goal(epoch:)`` of ``AdaptationGoal/firstOrderGradient``.
    var sequenceLength: Int { get }

    /// Which query losses count besides those at a sequence's end; none by default.
    var afterEachTask: AfterEachTask { get }
}

extension MetaLearner {
    /// The name in documents.
    public var name: String { Self.key }
    /// As asked for.
    public func network(
        _ model: any ModelDefinition, channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        try model.network(
            channelCount: channelCount, windowLength: windowLength, classCount: classCount)
    }
    /// As asked for.
    public func adaptation(_ settings: AdaptationSettings) -> AdaptationSettings { settings }
    /// Each task by itself.
    public var sequenceLength: Int { 1 }
    /// None.
    public var afterEachTask: AfterEachTask { .none }
}

extension MetaLearner {
    /// Whether it can learn nothing but classes.
    package var needsClasses: Bool {
        let settings = AdaptationSettings(
            optimizer: .sgd(InnerSGD()), epochs: 1, batchSize: 1, queryBatchSize: 1)
        return self is any HeadLearner || adaptation(settings).headStart != .own
    }

    /// The model as asked for, checked to end in a linear layer for its classes.
    func networkWithLastLayer(
        _ model: any ModelDefinition, channelCount: Int, windowLength: Int, classCount: Int
    ) throws(MetaLearningError) -> any Network {
        let network = try model.network(
            channelCount: channelCount, windowLength: windowLength, classCount: classCount)
        guard network.endsInLinearLayer else {
            throw MetaLearningError(
                .incompatible(
                    expected: "a model that ends in a linear layer for its classes",
                    found: "model \(model.name)"),
                at: "algorithm \(name)", hint: "set model.name: dnn, or algorithm: maml")
        }
        return network
    }
}

extension Field {
    /// Over how many meta-epochs the query losses after every step count.
    static func multiStepEpochs(_ path: any WritableKeyPath<Root, Int> & Sendable) -> Field {
        Field(
            "multi_step_epochs", path, .integer(in: 0...1_000_000),
            "Meta-epochs over which the query losses after every inner step count, less from epoch "
                + "to epoch; 0 for the last step's alone.")
    }
}
