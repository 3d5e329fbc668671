internal import TaskDraws

/// Mean loss and accuracy over tasks, each task counting the same.
struct Scores: Sendable, Hashable {
    /// The mean over tasks of the mean loss of a query minibatch.
    let loss: Double
    /// The mean over tasks of the fraction of query windows predicted correctly.
    let accuracy: Double

    /// What every score is better than.
    static let none = Scores(losses: [.infinity], accuracies: [-.infinity])

    init(_ outcomes: [AdaptationOutcome<Float>]) {
        // A task that diverged is as bad as can be, so that no model is chosen for it; a number
        // that is finite can be written.
        self.init(
            losses: outcomes.map {
                let loss = $0.query.meanLoss
                return loss.isFinite ? loss : Double(Float.greatestFiniteMagnitude)
            }, accuracies: outcomes.map(\.query.accuracy))
    }

    init(losses: [Double], accuracies: [Double]) {
        let count = Double(max(1, losses.count))
        loss = losses.reduce(0, +) / count
        accuracy = accuracies.reduce(0, +) / count
    }
}

extension TrainingResult.Score {
    init(_ outcome: AdaptationOutcome<Float>, of truth: ScoredEpisode?) {
        self.init(
            id: outcome.id, accuracy: outcome.query.accuracy, loss: outcome.query.meanLoss,
            fineTuningGradients: outcome.supportLosses.count,
            predictions: truth?.classes(of: outcome.query.predictions)
                ?? outcome.query.predictions,
            regression: outcome.query.regression, draw: truth?.draw ?? TaskDraw(),
            query: truth?.query, hasDiverged: outcome.hasDiverged)
    }
}

extension TrainingState {
    /// Closes an epoch: keeps its report, and its parameters when they are the best so far.
    mutating func finish(_ report: EpochReport, selects: TrainingConfiguration.Selection) {
        epochsDone = report.epoch
        partialEpoch = nil
        reports.append(report)
        let loss = selects == .validationLoss ? report.validationLoss : nil
        // Without a loss to choose by, the last epoch is the one.
        if let loss, loss >= bestLoss { return }
        bestLoss = loss ?? .infinity
        bestEpoch = report.epoch
        bestParameters = parameters
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
