package import Documents
private import SeededRandom

/// How somebody who is simulated looks and acts.
package struct SimulatedUserSettings: Described, Hashable {
    /// How old what the user sees is, in seconds.
    package var visualDelaySeconds = 0.15
    /// How long the user needs to begin once a target is seen, in seconds.
    package var reactionSeconds = 0.25
    /// How long the user has learned that the cursor needs to follow an intention, in seconds.
    package var expectedLagSeconds = 0.0
    /// How much the user allows for what is on its way and not seen yet, from 0 (stops when the
    /// cursor is seen in the target) to 1 (knows where the cursor will come to rest).
    package var anticipation = 1.0
    /// How badly the user knows how far a movement carries, as a share of it: the standard
    /// deviation from trial to trial.
    package var anticipationError = 0.2
    /// How often a movement is begun with a wrong class, from 0 to 1.
    package var wrongClass = 0.0
    /// How badly the user sees where the cursor is, in arena widths: a standard deviation.
    package var jitter = 0.0
    /// What everything random is drawn from.
    package var seed: UInt64 = SeededGenerator.defaultSeed

    /// A user who is practiced and makes no mistakes.
    package init() {}

    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "visual_delay_seconds", \.visualDelaySeconds, .number(in: 0...5),
            "How old what the user sees is."),
        Field(
            "reaction_seconds", \.reactionSeconds, .number(in: 0...5),
            "How long the user needs to begin once a target is seen."),
        Field(
            "expected_lag_seconds", \.expectedLagSeconds, .number(in: 0...5),
            "How long the user has learned that the cursor needs to follow an intention."),
        Field(
            "anticipation", \.anticipation, .number(in: 0...1),
            "How much the user allows for what is on its way and not seen yet: with 0 the user "
                + "stops when the cursor is seen in the target."),
        Field(
            "anticipation_error", \.anticipationError, .number(in: 0...1),
            "How badly the user knows how far a movement carries: a standard deviation, as a "
                + "share of the way, drawn for each trial."),
        Field(
            "wrong_class", \.wrongClass, .number(in: 0...1),
            "How often a movement is begun with a wrong class; it is noticed when it is seen."),
        Field(
            "jitter", \.jitter, .number(in: 0...0.2),
            "How badly the user sees where the cursor is: a standard deviation in arena widths."),
        Field("seed", \.seed, .seed, "What everything random is drawn from."),
    ]
}
