internal import Distribution
internal import TaskDraws

extension TrainingResult.Score {
    /// Puts the score into a message.
    func write(to message: inout MessageWriter) {
        message.put(id)
        message.put(accuracy)
        message.put(loss)
        message.put(fineTuningGradients)
        message.put(predictions)
        message.put(regression) { $1.write(to: &$0) }
        message.put(draw.turn)
        for places in [draw.order, draw.silent, draw.labels, draw.missing, draw.support] {
            message.put(places)
        }
        message.put(draw.gains)
        message.put(query) { message, query in
            message.put(query.starts)
            message.put(query.labels)
        }
        message.put(hasDiverged)
    }

    /// Takes a score from a message.
    init(_ message: inout MessageReader) throws(DistributionError) {
        id = try message.text()
        accuracy = try message.number()
        loss = try message.number()
        fineTuningGradients = try message.integer()
        predictions = try message.byteArray()
        regression = try message.optional(RegressionScore.init)
        draw.turn = try message.number()
        draw.order = try message.integers()
        draw.silent = try message.integers()
        draw.labels = try message.integers()
        draw.missing = try message.integers()
        draw.support = try message.integers()
        draw.gains = try message.numbers()
        query = try message.optional { (message) throws(DistributionError) in
            TrainingResult.QueryWindows(
                starts: try message.integers(), labels: try message.byteArray())
        }
        hasDiverged = try message.truth()
    }
}
