internal import Distribution
private import Parallel
private import Synchronization

/// Where methods are scored: each is adapted to a task's support and tells its query.
struct TestBench: Sendable {
    /// How a method is adapted.
    enum Start: Sendable {
        /// By fine-tuning from parameters, with learned rates behind them when the learner has
        /// any.
        case parameters([Float])
        /// By fitting.
        case classifier(any SupportClassifier)
    }

    /// How far a method is adapted.
    struct Extent: Sendable, Hashable {
        /// Steps of fine-tuning; `nil` for what is configured.
        var steps: Int?
        /// The fraction of each class's support windows; `nil` for all.
        var supportShare: Double?
    }

    let source: any EpisodeSource
    let network: any Network
    let pool: AdaptationPool<Float>
    let settings: AdaptationSettings
    let threads: Int
    /// The processes that share the tasks.
    var sharing = TaskSharing(ranks: RankGroup())
    /// What a task costs.
    var cost: @Sendable (String) -> Int = { _ in 1 }

    /// Scores a method: each rank on its own tasks.
    ///
    /// - Parameters:
    ///   - start: How it is adapted.
    ///   - ids: The tasks.
    ///   - extent: How far it is adapted.
    /// - Returns: Its scores in the tasks' order.
    /// - Throws: ``MetaLearningError``, or what the source or the classifier throws.
    func scores(
        _ start: Start, on ids: [String], extent: Extent = Extent()
    ) throws -> [TrainingResult.Score] {
        let division = TaskDivision(costs: ids.map(cost), ranks: sharing.ranks.size)
        return try sharing.values(
            of: division, work: { try scoresHere(start, on: $0.map { ids[$0] }, extent: extent) },
            write: { $0.write(to: &$1) }, read: TrainingResult.Score.init)
    }

    /// Scores a method on sequences of tasks that it learns one after the other: each rank on its
    /// own sequences.
    ///
    /// - Parameters:
    ///   - sequences: The places of their tasks.
    ///   - ids: All tasks.
    ///   - initial: The parameters that each sequence starts from, with learned rates behind them.
    /// - Returns: The scores in order.
    /// - Throws: ``MetaLearningError``, or what the source throws.
    func scores(
        of sequences: [[Int]], on ids: [String], initial: [Float]
    ) throws -> [SequenceScore] {
        let (source, network) = (source, network)
        let evaluation = SequenceEvaluation(
            initial: initial, parameterCount: network.parameters.count)
        let costs = sequences.map { $0.reduce(0) { $0 + cost(ids[$1]) } }
        return try sharing.values(
            of: TaskDivision(costs: costs, ranks: sharing.ranks.size),
            work: { places in
                try pool.eachSequence(count: places.count) { place, run in
                    let tasks = try sequences[places[place]].map {
                        try TaskSamples<Float>(try source.episode(ids[$0]), for: network)
                    }
                    return try evaluation.scores(of: tasks, with: &run)
                }
            }, write: { $0.write(to: &$1) }, read: SequenceScore.init)
    }

    /// Whether the model adapts in closed form, without steps, and keeps nothing of a task before.
    var isClosedForm: Bool { network is HeadedNetwork }

    private func scoresHere(
        _ start: Start, on ids: [String], extent: Extent
    ) throws -> [TrainingResult.Score] {
        switch start {
        case .parameters(let parameters):
            let (source, network, settings) = (source, network, settings)
            let truths = Mutex([ScoredEpisode?](repeating: nil, count: ids.count))
            let outcomes = try pool.adapt(
                count: ids.count, goal: .score, initial: parameters, steps: extent.steps
            ) { index in
                let task = try source.episode(ids[index])
                truths.withLock { $0[index] = ScoredEpisode(task) }
                var samples = try TaskSamples<Float>(
                    try task.withSupport(share: extent.supportShare), for: network)
                if extent.supportShare != nil {
                    let batches = Minibatches(
                        sampleCount: task.support.count, size: settings.batchSize)
                    samples.stepCount = settings.stepCount(batches: batches.count)
                }
                return samples
            }
            return zip(outcomes, truths.withLock { $0 }).map { outcome, truth in
                TrainingResult.Score(outcome, of: truth)
            }
        case .classifier(let classifier):
            return try concurrentMap(count: ids.count, threads: threads) { index in
                let task = try source.episode(ids[index]).withSupport(share: extent.supportShare)
                let predictions = try classifier.predictions(for: task)
                precondition(
                    predictions.count == task.query.count,
                    "\(predictions.count) classes for \(task.query.count) windows")
                let right = zip(predictions, task.query.labels).count { $0 == $1 }
                let truth = ScoredEpisode(task)
                return TrainingResult.Score(
                    id: task.id, accuracy: Double(right) / Double(task.query.count), loss: .nan,
                    fineTuningGradients: 0, predictions: truth.classes(of: predictions),
                    draw: task.draw, query: truth.query)
            }
        }
    }
}

extension Episode {
    /// The task with the first windows of each class in place of the whole support.
    ///
    /// - Parameter share: The fraction of each class's windows, rounded up to at least one; `nil` for
    ///   all.
    /// - Returns: The task; its query is the same.
    /// - Throws: ``MetaLearningError`` never, as a part of windows that fit fits.
    package func withSupport(share: Double?) throws(MetaLearningError) -> Episode {
        guard let share else { return self }
        var counts: [UInt8: Int] = [:]
        for label in support.labels { counts[label, default: 0] += 1 }
        var left = counts.mapValues { min($0, max(1, Int((Double($0) * share).rounded(.up)))) }
        // In the order of the recording, which windows of a support are in.
        let places = support.labels.indices.filter { index in
            guard let count = left[support.labels[index]], count > 0 else { return false }
            left[support.labels[index]] = count - 1
            return true
        }
        var part = try Episode(id: id, support: support.selecting(places), query: query)
        part.draw = draw
        part.earlier = earlier
        return part
    }
}
