public import Documents
public import SeededRandom

/// Cells in proportion to the last change of their loss, each task weighing the inverse of its
/// probability.
public struct ImportanceDeltaSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    public init() {}

    /// `importance_delta`.
    public static let key = "importance_delta"
    /// What it is.
    public static let documentation = "As delta, each task weighing the inverse of its probability."
    /// It has no settings.
    public static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    public func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        queue.weighedCell(inProportionTo: queue.changes, using: &generator)
    }
}
