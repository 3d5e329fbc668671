internal import Autodiff

extension AdaptationRun {
    /// What the query loss after each step but the last one weighs.
    var earlyWeight: Double {
        guard case .multiStepGradient(let share) = goal else { return 0 }
        return share / Double(max(1, schedule.stepCount))
    }

    var lastWeight: Double {
        1 - earlyWeight * Double(max(0, schedule.stepCount - 1))
    }

    /// The query's loss and score; with a weight, its gradient times that goes into the adjoint.
    mutating func evaluateQuery(
        _ task: TaskSamples<Scalar>, at slot: Int, weight: Double?
    ) throws(MetaLearningError) -> QueryScore<Scalar> {
        let batches = queryBatches(of: task)
        let order = Array(0..<task.query.count)
        // Where a model reads batch statistics, all of a query shares them, or each sample has those of
        // a batch with the support.
        let isAlone = network.readsBatchStatistics && weight == nil && !settings.isTransductive
        let rows =
            isAlone
            ? 1
            : network.readsBatchStatistics
                ? max(1, order.count) : max(1, queryRows / batches.size) * batches.size
        let (support, joined) =
            isAlone && !isClosedForm
            ? (
                Array(0..<task.support.count),
                LabeledSamples(joining: [task.support, task.query])
            ) : ([], nil)
        var loss = 0.0
        var score = unscored(task)
        var residuals = Residuals(outputs: task.query.targetWidth)
        let drops = weight != nil || settings.scoresWithDropout
        for start in stride(from: 0, to: order.count, by: rows) {
            let part = order[start..<min(start + rows, order.count)]
            let masks = drops ? maskKey(1 << 32 + start, task) : nil
            if let joined {
                objective.load(
                    joined, [support.count + start] + support,
                    weighingFirst: batches.weight(of: start), masks: masks)
            } else {
                objective.load(
                    task.query, part, weighedBy: batches, times: weight ?? 1, masks: masks,
                    given: isClosedForm ? task.support : nil)
            }
            loss += Double(objective.run(parameters: states[slot].parameters))
            if goal == .score {
                let predicted = objective.predictedClasses(count: part.count, from: start)
                score.predictions += predicted
                score.correctCount += zip(predicted, part).count { predicted, sample in
                    Int(predicted) == task.query.label(of: sample)
                }
            } else {
                score.correctCount += objective.correctCount(task.query, part)
            }
            if residuals.outputs > 0 { residuals.add(objective.logits, task.query, part) }
            if weight != nil {
                objective.addGradient(
                    to: &adjoint.parameters, parameters: states[slot].parameters)
            }
        }
        if weight != nil { cost.gradientCount += batches.count }
        score.loss = Scalar(weight.map { $0 > 0 ? loss / $0 : 0 } ?? loss)
        score.regression = residuals.score
        try check(score.loss, "the query loss", task)
        return score
    }

    /// The score of a query that was not looked at.
    func unscored(_ task: TaskSamples<Scalar>) -> QueryScore<Scalar> {
        QueryScore(
            loss: 0, batchCount: queryBatches(of: task).count, correctCount: 0,
            count: task.query.count)
    }

    func queryBatches(of task: TaskSamples<Scalar>) -> Minibatches {
        Minibatches(sampleCount: task.query.count, size: settings.queryBatchSize)
    }
}
