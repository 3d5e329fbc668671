package import Documents
package import SeededRandom

/// Noise of that standard deviation added, in units of the normalized signal.
package struct AddedNoise: Augmentation {
    /// The standard deviation of the noise.
    package var deviation: Double

    /// Creates an augmentation.
    package init(deviation: Double) {
        self.deviation = deviation
    }

    /// An augmentation whose measure is still to be set.
    package init() {
        self.init(deviation: 0.1)
    }

    /// The name in documents.
    package static let key = "noise"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "Adds noise, in units of the normalized signal."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "deviation", \.deviation, .number(in: 1e-9...1e6),
            "The standard deviation of the noise.", isRequired: true)
    ]

    /// Varies one window in place.
    package func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator
    ) {
        for channel in 0..<shape.channels {
            for sample in 0..<shape.length {
                windows[shape.place(channel, sample)] += Float(
                    deviation * generator.nearlyNormal())
            }
        }
    }
}

extension Augmentation where Self == AddedNoise {
    /// Noise of that standard deviation added.
    package static func noise(deviation: Double) -> AddedNoise {
        AddedNoise(deviation: deviation)
    }
}
