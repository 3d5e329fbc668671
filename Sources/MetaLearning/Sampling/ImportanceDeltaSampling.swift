package import Documents
package import SeededRandom

/// Cells in proportion to the last change of their loss, each task weighing the inverse of its
/// probability.
package struct ImportanceDeltaSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    package init() {}

    /// `importance_delta`.
    package static let key = "importance_delta"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "As delta, each task weighing the inverse of its probability."
    /// It has no settings.
    package static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    package func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        queue.weighedCell(inProportionTo: queue.changes, using: &generator)
    }
}
