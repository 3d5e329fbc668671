public import Documents
public import SeededRandom

/// Each cell as likely as any other.
public struct UniformSampling: SamplingRegime, Hashable {
    /// Creates the regime.
    public init() {}

    /// `uniform`.
    public static let key = "uniform"
    /// What it is.
    public static let documentation = "Any cell."
    /// It has no settings.
    public static let fields: Fields<Self> = []

    /// Draws a cell; see ``SamplingRegime``.
    public func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw {
        TaskQueue.Draw(cell: generator.integer(below: queue.losses.count))
    }
}
