public import Documents
public import SeededRandom

/// Noise of that standard deviation added, in units of the normalized signal.
public struct AddedNoise: Augmentation {
    /// The standard deviation of the noise.
    public var deviation: Double

    /// Creates an augmentation.
    public init(deviation: Double) {
        self.deviation = deviation
    }

    /// An augmentation whose measure is still to be set.
    public init() {
        self.init(deviation: 0.1)
    }

    /// The name in documents.
    public static let key = "noise"
    /// What it is.
    public static let documentation = "Adds noise, in units of the normalized signal."
    /// The members.
    public static let fields: Fields<Self> = [
        Field(
            "deviation", \.deviation, .number(in: 1e-9...1e6),
            "The standard deviation of the noise.", isRequired: true)
    ]

    /// Varies one window in place.
    public func vary(
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
    public static func noise(deviation: Double) -> AddedNoise {
        AddedNoise(deviation: deviation)
    }
}
