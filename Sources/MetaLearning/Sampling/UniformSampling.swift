package import Documents
package import SeededRandom

/// Each cell as likely as any other.
package struct UniformSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    package init() {}

    /// `uniform`.
    package static let key = "uniform"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Any cell."
    /// It has no settings.
    package static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    package func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        TaskQueue.Draw(cell: generator.integer(below: queue.losses.count))
    }
}
