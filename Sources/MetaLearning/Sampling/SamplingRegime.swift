public import Documents
public import SeededRandom

/// How training tasks are drawn, with its settings.
///
/// The library's regimes are listed by `myotask kinds`; a package outside adds its own to the
/// ``Documents/Kinds`` that documents are read with, which then call it by its key, as
/// `sampling: {regime: tempered}`.
public protocol SamplingRegime: DescribedKind {
    /// Whether tasks are drawn from a queue, as they are by default; otherwise each is seen once in
    /// an epoch.
    var drawsFromQueue: Bool { get }

    /// What ``TaskQueue/epsilon`` is at first, from 0 to 1; 1 by default.
    var initialEpsilon: Double { get }

    /// Draws a cell.
    ///
    /// - Parameters:
    ///   - queue: Losses, changes and counts of all cells, at least one; whoever calls counts the
    ///     draw. Its ``TaskQueue/epsilon`` may be moved, from 0 to 1.
    ///   - step: Meta-steps taken so far.
    ///   - generator: Where random numbers come from: nothing else may decide, so that a run that
    ///     is resumed draws what an undisturbed one would.
    /// - Returns: The cell, and what its task's loss weighs in the meta-step.
    func draw(
        from queue: inout TaskQueue, step: Int, using generator: inout SeededGenerator
    ) -> TaskQueue.Draw
}

extension SamplingRegime {
    /// The name in documents.
    public var name: String { Self.key }
    /// From a queue.
    public var drawsFromQueue: Bool { true }
    /// Always at random.
    public var initialEpsilon: Double { 1 }
}
