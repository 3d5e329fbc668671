public import Documents
public import SeededRandom

/// Every task once in an epoch, in random order; of a queue any cell.
public struct ShuffledSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    public init() {}

    /// `shuffled`.
    public static let key = "shuffled"
    /// What it is.
    public static let documentation = "Each task once in an epoch, in random order."
    /// It has no settings.
    public static let fields: Fields<Self> = []

    /// Each task once in an epoch.
    public var drawsFromQueue: Bool { false }

    /// Draws a cell; see ``SamplingRegime``.
    public func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        TaskQueue.Draw(cell: generator.integer(below: queue.losses.count))
    }
}
