/// Something that happened in a session.
package struct SessionEvent: Sendable, Hashable {
    /// What happened.
    package enum Kind: Sendable, Hashable {
        /// The person was asked for a movement, which is held for so many samples.
        case prompted(className: String, holdSamples: Int)
        /// A movement was held to its end: its samples may be learned from.
        case repetitionFinished(SessionSegment)
        /// A movement that was finished is to be repeated: its samples have no label any more.
        case repetitionWithdrawn(SessionSegment)
        /// The last movement of a cycle has ended, so many cycles are over.
        case cycleFinished(Int)
        /// The last movement has ended.
        case sessionFinished
        /// Somebody ended the session before.
        case sessionStopped
    }

    /// What happened.
    package let kind: Kind
    /// When, in samples of the stream.
    package let sample: Int

    /// Creates an event.
    package init(kind: Kind, sample: Int) {
        self.kind = kind
        self.sample = sample
    }
}
