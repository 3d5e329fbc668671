internal import Distribution

extension MetaGradient {
    /// Adds gradients of all ranks up in the tasks' order: the same bits as on one rank.
    ///
    /// Each rank gets a slice of every task's gradient, adds the tasks up there in their order,
    /// and gives the sum to all (a reduce-scatter and an all-gather that keep the order). A rank
    /// sends and receives about one gradient for each of its tasks, and one sum.
    ///
    /// - Parameters:
    ///   - outcomes: What the tasks gave; those of this rank with their gradients.
    ///   - weights: What each one weighs.
    ///   - division: Which rank worked on which.
    ///   - ranks: The ranks.
    ///   - count: How many numbers a gradient has.
    ///   - result: Set to the meta-gradient.
    /// - Throws: `DistributionError` when a rank has failed.
    func combine(
        _ outcomes: [AdaptationOutcome<Float>], weights: [Double], of division: TaskDivision,
        on ranks: RankGroup, count: Int, into result: inout [Float]
    ) throws(DistributionError) {
        guard !ranks.isAlone else { return combine(outcomes, weights: weights, into: &result) }
        let parts = (0..<ranks.size).map { rank in
            count * rank / ranks.size..<count * (rank + 1) / ranks.size
        }
        let own = division.places[ranks.rank]
        var sending: [Float] = []
        sending.reserveCapacity(own.count * count)
        for part in parts {
            for place in own { sending += outcomes[place].gradient[part] }
        }
        let width = parts[ranks.rank].count
        let received = try ranks.exchange(
            sending, sent: parts.map { own.count * $0.count },
            received: division.places.map { $0.count * width })
        var starts = Array(repeating: 0, count: outcomes.count)
        var start = 0
        for place in division.places.joined() {
            starts[place] = start
            start += width
        }
        var sum = Array(repeating: Float(0), count: width)
        for place in outcomes.indices {
            Elements.add(
                Array(received[starts[place]..<starts[place] + width]),
                times: Float(share(of: outcomes.count) * weights[place]), to: &sum)
        }
        result = try ranks.collect(sum, counts: parts.map(\.count))
        clip(&result)
    }
}
