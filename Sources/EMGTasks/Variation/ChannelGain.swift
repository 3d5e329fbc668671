package import Documents
package import SeededRandom

/// Each channel multiplied by a factor from 1 − range to 1 + range.
package struct ChannelGain: Augmentation {
    /// How far a factor is from 1 at most.
    package var range: Double

    /// Creates an augmentation.
    package init(range: Double) {
        self.range = range
    }

    /// An augmentation whose measure is still to be set.
    package init() {
        self.init(range: 0.1)
    }

    /// The name in documents.
    package static let key = "gain"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Multiplies each channel by a factor from 1 − range to 1 + range."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "range", \.range, .number(in: 0.0001...1), "How far a factor is from 1 at most.",
            isRequired: true)
    ]

    /// Varies one window in place.
    package func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator
    ) {
        for channel in 0..<shape.channels {
            let factor = Float(1 - range + 2 * range * generator.uniform())
            for sample in 0..<shape.length { windows[shape.place(channel, sample)] *= factor }
        }
    }
}

extension Augmentation where Self == ChannelGain {
    /// Each channel multiplied by a factor from 1 − range to 1 + range.
    package static func gain(range: Double) -> ChannelGain { ChannelGain(range: range) }
}
