package import Documents
package import SeededRandom

/// Each channel as loud as skin and electrode make it.
package struct ChannelGains: TaskVariation {
    /// How far a factor is from 1 at most, below 1.
    package var range: Double

    /// Creates a variation.
    package init(range: Double) { self.range = range }

    /// A variation whose measure is still to be set.
    package init() { self.init(range: 0.1) }

    /// The name in documents.
    package static let key = "gain"
    /// What it is.
    package static let documentation =
        "Each channel is multiplied by a factor of its own, from 1 − range to 1 + range."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "range", \.range, .number(in: 0.0001...0.9999),
            "How far a factor is from 1 at most.", isRequired: true)
    ]

    /// Draws a factor for each channel.
    package func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
    ) {
        let factors = (0..<task.channelCount).map { _ in
            1 - range + 2 * range * generator.uniform()
        }
        draw.gains = draw.gains.isEmpty ? factors : zip(draw.gains, factors).map { $0 * $1 }
    }
}
