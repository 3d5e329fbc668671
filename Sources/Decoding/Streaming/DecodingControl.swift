private import Synchronization

/// What is said to a ``DecodingLoop`` from other threads while it decodes.
package final class DecodingControl: Sendable {
    private let pending = Mutex<DecoderBundle?>(nil)
    private let labels: @Sendable (Decision) -> Int?

    /// Creates a control that has said nothing.
    ///
    /// - Parameter labels: Called with each decision that can be learned from, on the thread that
    ///   decodes: the class of its window, `nil` when nobody knows it.
    package init(labels: @escaping @Sendable (Decision) -> Int? = { _ in nil }) {
        self.labels = labels
    }

    /// Has the loop go on by another bundle; of several the last counts.
    ///
    /// - Parameter bundle: One that ``Decoder/replace(by:)`` takes.
    package func replace(by bundle: DecoderBundle) {
        pending.withLock { $0 = bundle }
    }

    /// The bundle to go on by; once.
    func takeReplacement() -> DecoderBundle? {
        pending.withLock { bundle in
            defer { bundle = nil }
            return bundle
        }
    }

    /// The class of a decision's window; `nil` when nobody knows it.
    func label(of decision: Decision) -> Int? { labels(decision) }
}
