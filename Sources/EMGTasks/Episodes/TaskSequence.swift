public import EMGArchive
private import EMGSignal
private import SeededRandom

/// Tasks that come one after the other, for continual learning: what is learned of one must
/// last through the next.
public struct TaskSequence: Sendable, Hashable {
    /// The ids in order.
    public let ids: [String]

    /// Creates a sequence.
    public init(ids: [String]) {
        self.ids = ids
    }

    /// For each patient their tasks in the order in which they were recorded: by session, then
    /// condition and run, as their names order them.
    ///
    /// - Parameters:
    ///   - ids: The tasks, for example those of a split.
    ///   - manifest: The collection's manifest.
    /// - Returns: A sequence for each patient, in the order of the patients.
    public static func byPatient(
        _ ids: [String], of manifest: CollectionManifest
    ) -> [TaskSequence] {
        let wanted = Set(ids)
        let identities = manifest.tasks.map(\.identity).filter { wanted.contains($0.id) }.sorted()
        var patients: [String] = []
        for identity in identities where patients.last != identity.patient {
            patients.append(identity.patient)
        }
        return patients.map { patient in
            TaskSequence(ids: identities.filter { $0.patient == patient }.map(\.id))
        }
    }

    /// Sequences drawn at random, no task twice in one of them.
    ///
    /// - Parameters:
    ///   - ids: The tasks to draw from, at least `length` of them.
    ///   - length: How many tasks a sequence has, at least 1.
    ///   - count: How many sequences.
    ///   - seed: What they are drawn from.
    /// - Returns: The sequences; the same for the same arguments.
    public static func drawn(
        from ids: [String], length: Int, count: Int, seed: UInt64
    ) -> [TaskSequence] {
        precondition(
            length >= 1 && length <= ids.count, "\(ids.count) tasks do not fill \(length) places")
        return (0..<count).map { index in
            var generator = SeededGenerator(seed: seed, stream: "sequences.\(index)")
            return TaskSequence(ids: Array(generator.shuffled(ids).prefix(length)))
        }
    }
}
