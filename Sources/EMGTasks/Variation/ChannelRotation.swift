public import Documents
public import SeededRandom

/// Channels turned round the limb by a whole number of places, from −positions to +positions, the
/// same in the whole window.
public struct ChannelRotation: Augmentation {
    /// By how many places at most.
    public var positions: Int

    /// Creates an augmentation.
    public init(positions: Int) {
        self.positions = positions
    }

    /// An augmentation with the defaults.
    public init() {
        self.init(positions: 1)
    }

    /// The name in documents.
    public static let key = "rotation"
    /// What it is.
    public static let documentation =
        "Turns all channels round the limb by some places to either side, the same in the whole window."
    /// The members.
    public static let fields: Fields<Self> = [
        Field(
            "positions", \.positions, .integer(in: 1...1_000), "By how many places at most.")
    ]

    /// Varies one window in place.
    public func vary(
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
    public static func rotation(positions: Int) -> ChannelRotation {
        ChannelRotation(positions: positions)
    }
}
