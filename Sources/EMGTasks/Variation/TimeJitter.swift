public import Documents
public import SeededRandom

/// Windows shifted in time by a whole number of samples, from −samples to +samples; what comes in
/// is the window's first or last sample.
public struct TimeJitter: Augmentation {
    /// By how many samples at most.
    public var samples: Int

    /// Creates an augmentation.
    public init(samples: Int) {
        self.samples = samples
    }

    /// An augmentation whose measure is still to be set.
    public init() {
        self.init(samples: 1)
    }

    /// The name in documents.
    public static let key = "jitter"
    /// What it is.
    public static let documentation =
        "Shifts the window in time by some samples to either side; its edges are repeated."
    /// The members.
    public static let fields: Fields<Self> = [
        Field(
            "samples", \.samples, .integer(in: 1...1_000_000), "By how many samples at most.",
            isRequired: true)
    ]

    /// Varies one window in place.
    public func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator
    ) {
        let shift = generator.integer(below: 2 * samples + 1) - samples
        shape.rearrange(&windows) { channel, sample in
            (channel, min(max(sample + shift, 0), shape.length - 1))
        }
    }
}

extension Augmentation where Self == TimeJitter {
    /// Windows shifted in time, from −samples to +samples.
    public static func jitter(samples: Int) -> TimeJitter { TimeJitter(samples: samples) }
}
