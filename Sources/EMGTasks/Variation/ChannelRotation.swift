package import Documents
package import SeededRandom

/// Channels turned round the limb by a whole number of places, from −positions to +positions, the
/// same in the whole window.
package struct ChannelRotation: Augmentation {
    /// By how many places at most.
    package var positions: Int

    /// Creates an augmentation.
    package init(positions: Int) {
        self.positions = positions
    }

    /// An augmentation with the defaults.
    package init() {
        self.init(positions: 1)
    }

    /// The name in documents.
    package static let key = "rotation"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "Turns all channels round the limb by some places to either side, the same in the whole window."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "positions", \.positions, .integer(in: 1...1_000), "By how many places at most.")
    ]

    /// Varies one window in place.
    package func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator
    ) {
        let turn = generator.integer(below: 2 * positions + 1) - positions
        let count = shape.channels
        shape.rearrange(&windows) { channel, sample in
            (((channel + turn) % count + count) % count, sample)
        }
    }
}

extension Augmentation where Self == ChannelRotation {
    /// Channels turned by a whole number of places, from −positions to +positions.
    package static func rotation(positions: Int) -> ChannelRotation {
        ChannelRotation(positions: positions)
    }
}
