internal import Distribution

extension SequenceScore {
    /// Puts the score into a message.
    func write(to message: inout MessageWriter) {
        message.put(ids.count)
        for (place, id) in ids.enumerated() {
            message.put(id)
            message.put(accuracies[place])
            message.put(losses[place])
        }
        message.put(hasDiverged)
    }

    /// Takes a score from a message.
    init(_ message: inout MessageReader) throws(DistributionError) {
        var (ids, accuracies, losses): ([String], [[Double]], [[Double]]) = ([], [], [])
        let count = try message.integer()
        for place in 0..<max(0, count) {
            ids.append(try message.text())
            accuracies.append(try message.numbers())
            losses.append(try message.numbers())
            guard accuracies[place].count == place + 1, losses[place].count == place + 1 else {
                throw DistributionError(
                    .malformed(
                        expected: "\(place + 1) accuracies", found: "\(accuracies[place].count)"))
            }
        }
        guard !ids.isEmpty else {
            throw DistributionError(.malformed(expected: "a sequence of tasks", found: "none"))
        }
        self.init(ids: ids, accuracies: accuracies, losses: losses)
        hasDiverged = try message.truth()
    }
}
