private import Synchronization

/// What a synthetic person is told to do.
package final class SyntheticIntention: Sendable {
    private let name = Mutex("relax")

    /// Nothing.
    package init() {}

    /// The class.
    package var className: String {
        get { name.withLock { $0 } }
        set { name.withLock { $0 = newValue } }
    }
}
