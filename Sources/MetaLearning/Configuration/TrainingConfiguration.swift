public import Documents
private import SeededRandom

/// What a training run does; every value has a default.
///
/// The defaults are those of MetaEMG (plarotta/meta-emg; arXiv
/// 2403.13147), except that three tasks make a meta-step, the query is never used for anything but
/// its loss, and the pre-trained baseline sees its windows shuffled.
public struct TrainingConfiguration: Described {
    /// Which epoch's parameters are the result.
    public enum Selection: String, Sendable, Hashable, CaseIterable {
        /// That of the lowest mean loss on the validation tasks after adaptation; the last one
        /// when there are none. A warm start is among them, as epoch 0.
        case validationLoss = "validation_loss"
        /// The last one.
        case lastEpoch = "last_epoch"
    }

    /// What meta-training starts from.
    package enum Initial: String, Sendable, Hashable, CaseIterable {
        /// The model's random parameters.
        case random
        /// The pre-trained baseline's parameters.
        case pretrained
    }

    /// How the meta-gradient is taken.
    public var learner: any MetaLearner = SecondOrderMAML()
    /// What meta-training starts from.
    package var initial = Initial.random
    /// How tasks are drawn.
    package var sampling = Sampling()
    /// Which model is trained, with the sizes of its layers.
    public var model: any ModelDefinition = DNN()
    /// How the model adapts to a task.
    public var inner = Inner()
    /// How the meta-parameters are moved.
    public var outer = Outer()
    /// Passes over all training tasks, from 1 to 1,000,000.
    public var metaEpochs = 50
    /// Tasks whose meta-gradients are summed for one meta-step, from 1 to 10,000.
    public var tasksPerStep = 3
    /// Query windows whose losses are averaged before minibatches are summed, from 1 to 1,000,000;
    /// `nil` for the inner batch size.
    public var queryBatchSize: Int?
    /// Which epoch's parameters are the result.
    public var selection = Selection.validationLoss
    /// What the meta-trained model is compared with.
    package var baselines = Baselines()
    /// What is studied on the test tasks besides.
    package var studies = Studies()
    /// Whether dropout stays on when tasks are scored.
    package var scoresWithDropout = false
    /// Whether query windows that are scored are standardized together, in models with batch
    /// normalization.
    package var isTransductive = true
    /// Which parameters are kept besides the best and the last.
    package var checkpoints = Checkpoints()
    /// What random numbers are drawn from.
    public var seed = SeededGenerator.defaultSeed
    /// Seeds of runs that belong together; empty for the one of ``seed``.
    package var seeds: [UInt64] = []
    /// Threads at most, from 1 to 1,024; `nil` for the machine's cores. The result does not depend
    /// on it.
    public var threads: Int?
    /// What the inner trajectories of all tasks worked on together may take, in units of 2²⁰ bytes,
    /// from 1 to 1,048,576; what does not fit is computed again.
    package var trajectoryBudgetMiB = 88
    /// What tasks that are kept in memory between uses may take, in units of 2²⁰ bytes, from 0 to
    /// 1,048,576; `nil` for ``defaultTaskMemoryMB``.
    public var taskMemoryMiB: Int?
    /// Whether training windows are varied as the tasks' source says.
    public var augmentation = true
    /// How few-shot episodes are drawn of tasks; `nil` for tasks as the collection has them.
    package var fewShot: FewShot?
    /// How tasks are varied as a whole.
    package var variation = Variation()

    /// Settings of other learners than the one that is used, as they are written.
    var otherLearnerSettings: [DocumentValue.Member] = []

    /// The default configuration.
    public init() {}

    /// Refuses to start from what is not made.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        guard initial == .pretrained, baselines.pretrained == nil else { return }
        throw object.cursor.error(
            expected: "baselines.pretrained, which the training starts from", found: "none",
            hint: "leave baselines.pretrained as it is, or set initial: random")
    }
}

extension TrainingConfiguration: Hashable {
    /// Whether two configurations are written in the same way.
    public static func == (left: Self, right: Self) -> Bool { left.document == right.document }

    /// Feeds what is written.
    public func hash(into hasher: inout Hasher) { hasher.combine(document) }
}
