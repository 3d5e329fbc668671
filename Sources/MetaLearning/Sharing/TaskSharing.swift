internal import Distribution

/// Shares the tasks of a step among the ranks that train together: each works on its own, and all
/// know what came of every task.
struct TaskSharing: Sendable {
    /// The ranks.
    let ranks: RankGroup

    /// Works on the tasks of a step.
    ///
    /// - Parameters:
    ///   - division: Which rank works on which.
    ///   - work: Works on the tasks at some places and gives a value for each, in their order.
    ///   - write: Puts into a message what the other ranks must know of a value.
    ///   - read: Takes it from there.
    /// - Returns: The values of all tasks in order; those of other ranks as they were read.
    /// - Throws: What `work` throws, or `DistributionError` when another rank has failed.
    func values<Value>(
        of division: TaskDivision, work: ([Int]) throws -> [Value],
        write: (Value, inout MessageWriter) -> Void,
        read: (inout MessageReader) throws(DistributionError) -> Value
    ) throws -> [Value] {
        let start = ContinuousClock.now
        let own = division.places[ranks.rank]
        let values = own.isEmpty ? [] : try work(own)
        precondition(values.count == own.count, "\(values.count) values of \(own.count) tasks")
        ranks.count(compute: (ContinuousClock.now - start).seconds, tasks: own.count)
        guard !ranks.isAlone else { return values }
        var message = MessageWriter()
        for value in values { write(value, &message) }
        let messages = try ranks.gather(message.bytes)
        let count = division.places.reduce(0) { $0 + $1.count }
        var all = [Value?](repeating: nil, count: count)
        for (rank, places) in division.places.enumerated() {
            if rank == ranks.rank {
                for (place, value) in zip(own, values) { all[place] = value }
            } else {
                var reader = MessageReader(messages[rank])
                for place in places { all[place] = try read(&reader) }
            }
        }
        return all.compactMap(\.self)
    }

    /// Numbers that the first rank makes, on every rank.
    ///
    /// - Parameter make: Makes them; called on the first rank alone.
    /// - Returns: The numbers, bit by bit the same on all ranks.
    /// - Throws: What `make` throws, or `DistributionError` when another rank has failed.
    func fromFirst(_ make: () throws -> [Float]) throws -> [Float] {
        guard !ranks.isAlone else { return try make() }
        let bytes = try ranks.fromFirst {
            var message = MessageWriter()
            message.put(try make())
            return message.bytes
        }
        var reader = MessageReader(bytes)
        return try reader.floats()
    }
}
