/// Something that a source says happened at a time: an annotation, a trial, a cue.
package struct LabelEvent: Sendable, Hashable {
    /// When it began, in seconds from the first sample.
    package var start: Double
    /// How long it lasted, in seconds, above 0; `nil` when the source does not say.
    package var duration: Double?
    /// What happened.
    package var name: String

    /// Creates an event.
    package init(start: Double, duration: Double?, name: String) {
        self.start = start
        self.duration = duration
        self.name = name
    }
}
