package import Documents
package import SeededRandom

/// Every task once in an epoch, in random order; of a queue any cell.
package struct ShuffledSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    package init() {}

    /// `shuffled`.
    package static let key = "shuffled"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Each task once in an epoch, in random order."
    /// It has no settings.
    package static let fields: Fields<Self> = []

    /// Each task once in an epoch.
    package var drawsFromQueue: Bool { false }

    /// Draws a cell; see ``SamplingRegime``.
    package func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        TaskQueue.Draw(cell: generator.integer(below: queue.losses.count))
    }
}
