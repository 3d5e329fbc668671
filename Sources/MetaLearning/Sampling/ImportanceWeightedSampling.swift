package import Documents
package import SeededRandom

/// Cells in proportion to their last loss, each task weighing the inverse of its
/// probability.
package struct ImportanceWeightedSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    package init() {}

    /// `importance_weighted`.
    package static let key = "importance_weighted"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "As loss_weighted, each task weighing the inverse of its probability."
    /// It has no settings.
    package static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    package func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        queue.weighedCell(inProportionTo: queue.losses, using: &generator)
    }
}
