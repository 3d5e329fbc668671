private import Synchronization

/// Asks a training to stop after the step it is at, from any thread.
public final class StopFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    /// A flag that is down.
    public init() {}

    /// Whether the training should stop.
    public var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Asks the training to stop.
    public func raise() { raised.store(true, ordering: .relaxed) }
}
