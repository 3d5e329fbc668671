/// The model of a learner beside the plain one that its rivals train.
struct LearnerNetworks: Sendable {
    /// The model as asked for, with a last layer for the classes.
    let plain: any Network
    /// The model that the learner trains: the same, or one with a closed-form head.
    let learning: any Network

    /// Makes both.
    ///
    /// - Throws: ``MetaLearningError`` when windows or the loss do not fit.
    init(
        _ learner: any MetaLearner, _ model: any ModelDefinition, channelCount: Int,
        windowLength: Int, classCount: Int, loss: Loss
    ) throws(MetaLearningError) {
        plain = try model.network(
            channelCount: channelCount, windowLength: windowLength, classCount: classCount)
        learning = try learner.network(
            model, channelCount: channelCount, windowLength: windowLength, classCount: classCount)
        guard !learner.needsClasses || loss.targets == .classes else {
            throw MetaLearningError(
                .incompatible(expected: "classes", found: loss.name),
                at: "algorithm \(learner.name)",
                hint: "it tells classes apart; set algorithm: maml, or another that does not")
        }
    }

    /// The learner's model when it has a closed-form head.
    var headed: HeadedNetwork? { learning as? HeadedNetwork }

    /// What meta-training starts from.
    ///
    /// - Parameters:
    ///   - values: Parameters of the plain model, random or pre-trained.
    ///   - seed: What a head's network is drawn from; its layers but the last are then those of the
    ///     plain model.
    ///   - tasks: The training tasks; asked for only when a head starts from them.
    /// - Returns: Parameters of the learner's model.
    /// - Throws: What `tasks` throws, or ``MetaLearningError`` when they do not do.
    func start(
        plain values: [Float], seed: UInt64, tasks: () throws -> [TaskSamples<Float>]
    ) throws -> [Float] {
        guard let headed else { return values }
        let initial: Parameters<Float> = headed.initialParameters(seed: seed)
        let layout = headed.base.parameters
        let carried = layout.carry(
            values, of: plain.parameters, into: initial.values,
            within: 0..<layout.lastLayers(1).lowerBound)
        return try headed.started(carried, on: tasks())
    }
}
