package import Documents
package import SeededRandom

/// Cells in proportion to their last loss.
package struct LossWeightedSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    package init() {}

    /// `loss_weighted`.
    package static let key = "loss_weighted"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "In proportion to the last loss."
    /// It has no settings.
    package static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    package func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        TaskQueue.Draw(cell: queue.cell(inProportionTo: queue.losses, using: &generator).cell)
    }
}
