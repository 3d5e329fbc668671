internal import Autodiff

/// Learns a sequence of tasks one after the other, and is scored on all of them after each.
struct SequenceEvaluation: Sendable {
    /// Rates behind the parameters, which every task starts from.
    private let rates: [Float]
    private let initial: [Float]

    /// Prepares the evaluation.
    ///
    /// - Parameters:
    ///   - initial: The parameters that the first task starts from, and learned rates behind them.
    ///   - count: How many of those are parameters.
    init(initial: [Float], parameterCount count: Int) {
        self.initial = initial
        rates = Array(initial[count...])
    }

    /// Learns a sequence.
    ///
    /// Each task's optimizer starts anew, and so does a last layer that learners make from a
    /// support; the tasks before are scored with what the last one left.
    ///
    /// - Parameters:
    ///   - tasks: The sequence.
    ///   - run: Does the work.
    /// - Returns: The scores.
    /// - Throws: ``MetaLearningError`` when a loss is not finite and such tasks are not scored.
    func scores(
        of tasks: [TaskSamples<Float>], with run: inout AdaptationRun<Float>
    ) throws(MetaLearningError) -> SequenceScore {
        var parameters = initial
        var (accuracies, losses): ([[Double]], [[Double]]) = ([], [])
        var hasDiverged = false
        for last in tasks.indices {
            run.begin(tasks[last], goal: .parameters, initial: parameters)
            hasDiverged = try run.finish().hasDiverged || hasDiverged
            parameters = run.adapted + rates
            var (accuracyRow, lossRow): ([Double], [Double]) = ([], [])
            for task in tasks[...last] {
                run.begin(task, goal: .score, initial: parameters, steps: 0, keepsHead: true)
                let outcome = try run.finish()
                hasDiverged = outcome.hasDiverged || hasDiverged
                accuracyRow.append(outcome.query.accuracy)
                lossRow.append(outcome.query.meanLoss)
            }
            accuracies.append(accuracyRow)
            losses.append(lossRow)
        }
        var score = SequenceScore(ids: tasks.map(\.id), accuracies: accuracies, losses: losses)
        score.hasDiverged = hasDiverged
        return score
    }
}

extension AdaptationRun {
    /// Works on the task to its end.
    mutating func finish() throws(MetaLearningError) -> AdaptationOutcome<Scalar> {
        guard let outcome = try advance(by: .max) else {
            preconditionFailure("a task was not finished")
        }
        return outcome
    }
}
