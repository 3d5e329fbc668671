/// What is shown to the person at a moment of a session.
package struct SessionPrompt: Sendable, Hashable {
    /// A movement as it is shown.
    package struct Movement: Sendable, Hashable {
        /// The class.
        package let className: String
        /// What the person reads.
        package let text: String
        /// The picture.
        package let picture: SessionPicture
    }

    /// What is going on.
    package let phase: GuidedSession.Phase
    /// The movement that is held, counted down to or paused; `nil` between cycles and at the end.
    package let movement: Movement?
    /// The movement after that; `nil` when there is none.
    package let next: Movement?
    /// How many seconds the phase still lasts; `nil` for one that lasts until somebody does
    /// something.
    package let remainingSeconds: Double?
    /// How many seconds the phase lasts as a whole; `nil` likewise.
    package let phaseSeconds: Double?
    /// Which movement of the session, from 1.
    package let step: Int
    /// How many movements the session has.
    package let stepCount: Int
    /// Which cycle, from 1.
    package let cycle: Int
    /// How many cycles the session has.
    package let cycleCount: Int
    /// Which beat of the metronome in this hold, from 1; `nil` when it is silent.
    package let beat: Int?
}
