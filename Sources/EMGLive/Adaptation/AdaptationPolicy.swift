/// When a running decoder learns from what is recorded in a session.
package enum AdaptationPolicy: String, Sendable, Hashable, CaseIterable {
    /// Never.
    case off
    /// After each repetition: a decoder that was fitted to all of them takes over if it is better on
    /// repetitions that are held out in turn.
    case repetition
    /// From each window of a movement at once, for decoders that can learn from one window.
    case window
    /// From each window by how probable its classes are, without labels and without a session, for
    /// the same decoders.
    case unlabeled
}
