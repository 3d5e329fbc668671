package import Documents
package import SeededRandom

/// Windows shifted in time by a whole number of samples, from −samples to +samples; what comes in
/// is the window's first or last sample.
package struct TimeJitter: Augmentation {
    /// By how many samples at most.
    package var samples: Int

    /// Creates an augmentation.
    package init(samples: Int) {
        self.samples = samples
    }

    /// An augmentation whose measure is still to be set.
    package init() {
        self.init(samples: 1)
    }

    /// The name in documents.
    package static let key = "jitter"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Shifts the window in time by some samples to either side; its edges are repeated."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "samples", \.samples, .integer(in: 1...1_000_000), "By how many samples at most.",
            isRequired: true)
    ]

    /// Varies one window in place.
    package func vary(
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
    package static func jitter(samples: Int) -> TimeJitter { TimeJitter(samples: samples) }
}
