package import Autodiff

/// A task's samples in the form that a model wants.
package struct TaskSamples<Scalar: TensorScalar>: Sendable {
    /// The task's name, for messages.
    package let id: String
    /// What the model adapts on.
    package let support: LabeledSamples<Scalar>
    /// What it is evaluated on.
    package let query: LabeledSamples<Scalar>
    /// Inner steps on this task, in place of what the settings say of a support of its size.
    package var stepCount: Int?

    /// Creates a task's samples.
    package init(
        id: String, support: LabeledSamples<Scalar>, query: LabeledSamples<Scalar>
    ) {
        self.id = id
        self.support = support
        self.query = query
    }

    /// The samples of an episode for a model.
    ///
    /// - Throws: ``MetaLearningError`` when the windows do not fit the model.
    package init(
        _ episode: Episode, for network: any Network
    ) throws(MetaLearningError) {
        guard episode.support.windowWidth == network.inputWidth else {
            throw MetaLearningError(
                .sizeMismatch(expected: network.inputWidth, found: episode.support.windowWidth),
                at: "windows of \(episode.id)",
                hint: "the model was made for windows of another size")
        }
        try episode.check(
            channelCount: episode.support.channelCount,
            windowLength: episode.support.windowLength, classCount: network.classCount,
            targetCount: episode.support.targetCount)
        let outputs = episode.support.targetCount
        guard outputs == 0 || outputs == network.classCount else {
            throw MetaLearningError(
                .sizeMismatch(expected: network.classCount, found: outputs),
                at: "targets of \(episode.id)", hint: "the model puts out another number of values")
        }
        self.init(
            id: episode.id,
            support: LabeledSamples(episode.support, layout: network.layout),
            query: LabeledSamples(episode.query, layout: network.layout))
    }
}

extension TaskSamples {
    /// The task with its windows varied.
    ///
    /// - Parameters:
    ///   - variation: How; `nil` leaves them as they are.
    ///   - seed: What random choices are drawn from.
    ///   - round: Which time this is: other rounds give other draws.
    /// - Returns: The task.
    func varied(by variation: (any WindowVariation)?, seed: UInt64, round: String) -> Self {
        guard let variation else { return self }
        func draws(_ part: String) -> WindowDraws {
            WindowDraws(variation, seed: seed, name: "\(part) of \(id), \(round)")
        }
        return TaskSamples(
            id: id, support: support.varied(by: draws("support")),
            query: query.varied(by: draws("query")))
    }
}
