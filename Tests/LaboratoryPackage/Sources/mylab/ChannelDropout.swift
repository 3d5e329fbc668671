import MyoTask

/// An electrode that has come off: one channel of the window is silent.
struct ChannelDropout: Augmentation {
    /// How many channels at most.
    var channels = 1

    static let key = "channel_dropout"
    static let documentation = "Silences some channels, as electrodes that have come off do."
    static let fields: Fields<Self> = [
        Field("channels", \.channels, .integer(in: 1...1_000), "How many channels at most.")
    ]

    func vary(
        _ windows: inout [Float], _ shape: WindowShape, using generator: inout SeededGenerator
    ) {
        for _ in 0..<channels {
            let channel = generator.integer(below: shape.channels)
            for sample in 0..<shape.length { windows[shape.place(channel, sample)] = 0 }
        }
    }
}
