public import Documents
public import SeededRandom

/// Cells in proportion to their last loss.
public struct LossWeightedSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    public init() {}

    /// `loss_weighted`.
    public static let key = "loss_weighted"
    /// What it is.
    public static let documentation = "In proportion to the last loss."
    /// It has no settings.
    public static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    public func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        TaskQueue.Draw(cell: queue.cell(inProportionTo: queue.losses, using: &generator).cell)
    }
}
