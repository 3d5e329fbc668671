internal import Distribution

extension AdaptationOutcome<Float> {
    /// Puts everything but the gradient into a message.
    func write(to message: inout MessageWriter) {
        message.put(id)
        message.put(supportLosses)
        message.put([query.loss])
        message.put([query.batchCount, query.correctCount, query.count])
        message.put(query.predictions)
        message.put(query.regression) { $1.write(to: &$0) }
        message.put([cost.gradientCount, cost.hessianProductCount, cost.trajectoryBytes])
        message.put(cost.recomputation)
        message.put(hasDiverged)
    }

    /// Takes an outcome from a message; it has no gradient.
    init(_ message: inout MessageReader) throws(DistributionError) {
        let (id, losses) = (try message.text(), try message.floats())
        let (loss, counts) = (try message.floats(), try message.integers())
        guard loss.count == 1, counts.count == 3 else {
            throw DistributionError(
                .malformed(
                    expected: "a loss and 3 counts", found: "\(loss.count) and \(counts.count)"))
        }
        var query = QueryScore(
            loss: loss[0], batchCount: counts[0], correctCount: counts[1], count: counts[2])
        query.predictions = try message.byteArray()
        query.regression = try message.optional(RegressionScore.init)
        let taken = try message.integers()
        guard taken.count == 3 else {
            throw DistributionError(
                .malformed(expected: "3 costs", found: "\(taken.count)"))
        }
        var cost = AdaptationCost()
        (cost.gradientCount, cost.hessianProductCount, cost.trajectoryBytes) = (
            taken[0], taken[1], taken[2]
        )
        cost.recomputation = try message.number()
        self.init(id: id, supportLosses: losses, query: query, gradient: [], cost: cost)
        hasDiverged = try message.truth()
    }
}

extension RegressionScore {
    /// Puts the score into a message.
    func write(to message: inout MessageWriter) {
        message.put(squaredError)
        message.put(determinations)
    }

    /// Takes a score from a message.
    init(_ message: inout MessageReader) throws(DistributionError) {
        squaredError = try message.number()
        determinations = try message.numbers()
    }
}
