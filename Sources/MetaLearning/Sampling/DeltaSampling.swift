public import Documents
public import SeededRandom

/// Cells in proportion to the last change of their loss.
public struct DeltaSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    public init() {}

    /// `delta`.
    public static let key = "delta"
    /// What it is.
    public static let documentation = "In proportion to the last change of the loss."
    /// It has no settings.
    public static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    public func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        TaskQueue.Draw(cell: queue.cell(inProportionTo: queue.changes, using: &generator).cell)
    }
}
