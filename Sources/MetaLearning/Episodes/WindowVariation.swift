/// Varies training windows as they are gathered: data augmentation on the fly.
///
/// Only training tasks are varied, support and query alike; validation and test tasks never are.
/// In one meta-step a window is varied once, however often inner steps come back to it.
public protocol WindowVariation: Sendable {
    /// What is varied, in a few words for the notes of a run.
    var summary: String { get }

    /// Varies a window in place.
    ///
    /// - Parameters:
    ///   - window: The numbers of one window.
    ///   - layout: Their order.
    ///   - draw: Names the random choice: the same numbers and draw give the same result, on any
    ///     thread and machine.
    func vary(_ window: inout [Float], layout: WindowSet.Layout, draw: UInt64)
}
