private import Synchronization

/// Counts what went wrong, from any thread.
final class FailureCount: Sendable {
    private let count = Atomic<Int>(0)

    /// How many there were.
    var value: Int { count.load(ordering: .relaxed) }

    /// Counts one.
    func add() { count.add(1, ordering: .relaxed) }
}
