package import Documents
package import SeededRandom

/// Electrodes that have come off for the whole task.
package struct ChannelDropOut: TaskVariation {
    /// How many channels; one of the numbers is drawn.
    package var channels: ClosedRange<Int>

    /// Creates a variation.
    package init(channels: ClosedRange<Int>) { self.channels = channels }

    /// One channel or none.
    package init() { self.init(channels: 0...1) }

    /// The name in documents.
    package static let key = "drop_out"
    /// What it is.
    package static let documentation =
        "Some channels are silent, as electrodes that have come off; one at least is left."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "channels", \.channels, .count(in: 0...1_000),
            "How many: a number, or [least, most] of which one is drawn.")
    ]

    /// Draws the channels.
    package func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
    ) {
        let heard = (0..<task.channelCount).filter { !draw.silent.contains($0) }
        let count = min(generator.count(in: channels), heard.count - 1)
        guard count > 0 else { return }
        draw.silent = (draw.silent + generator.sample(count, of: heard)).sorted()
    }
}
