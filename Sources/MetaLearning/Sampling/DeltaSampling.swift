package import Documents
package import SeededRandom

/// Cells in proportion to the last change of their loss.
package struct DeltaSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    package init() {}

    /// `delta`.
    package static let key = "delta"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "In proportion to the last change of the loss."
    /// It has no settings.
    package static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    package func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        TaskQueue.Draw(cell: queue.cell(inProportionTo: queue.changes, using: &generator).cell)
    }
}
