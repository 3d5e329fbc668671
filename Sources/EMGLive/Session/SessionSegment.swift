package import EMGSignal

/// A hold that was carried out to its end: samples with a label.
package struct SessionSegment: Sendable, Hashable {
    /// The class.
    package let className: String
    /// What the person read.
    package let text: String
    /// Which movement of the session, from 1.
    package let step: Int
    /// Which cycle, from 1.
    package let cycle: Int
    /// Which repetition of the class in the session, from 1.
    package let repetition: Int
    /// The sample at which the person was asked for it.
    package let prompt: Int
    /// The samples with the label, from after the time of reaction to the end of the hold.
    package let range: SampleRange
    /// How many seconds after the prompt the movement began; `nil` when none was seen.
    package var reactionSeconds: Double?

    /// Creates a segment.
    package init(
        className: String, text: String, step: Int, cycle: Int, repetition: Int, prompt: Int,
        range: SampleRange, reactionSeconds: Double? = nil
    ) {
        self.className = className
        self.text = text
        self.step = step
        self.cycle = cycle
        self.repetition = repetition
        self.prompt = prompt
        self.range = range
        self.reactionSeconds = reactionSeconds
    }
}
