public import Documents
public import SeededRandom

/// Cells in proportion to their last loss, each task weighing the inverse of its
/// probability.
public struct ImportanceWeightedSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    public init() {}

    /// `importance_weighted`.
    public static let key = "importance_weighted"
    /// What it is.
    public static let documentation =
        "As loss_weighted, each task weighing the inverse of its probability."
    /// It has no settings.
    public static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    public func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        queue.weighedCell(inProportionTo: queue.losses, using: &generator)
    }
}
