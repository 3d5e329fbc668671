package import Documents
package import SeededRandom

/// Cables plugged into each other's sockets.
package struct ChannelSwap: TaskVariation {
    /// How many pairs; one of the numbers is drawn.
    package var pairs: ClosedRange<Int>

    /// Creates a variation.
    package init(pairs: ClosedRange<Int>) { self.pairs = pairs }

    /// One pair.
    package init() { self.init(pairs: 1...1) }

    /// The name in documents.
    package static let key = "swap"
    /// What it is.
    package static let documentation =
        "Pairs of channels are exchanged, as cables in each other's sockets; no channel is in two "
        + "pairs."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "pairs", \.pairs, .count(in: 0...1_000),
            "How many pairs: a number, or [least, most] of which one is drawn.")
    ]

    /// Draws the pairs.
    package func vary(
        _ draw: inout TaskDraw, of task: TaskShape, using generator: inout SeededGenerator
    ) {
        let count = min(generator.count(in: pairs), task.channelCount / 2)
        let channels = generator.shuffled(Array(0..<task.channelCount))
        guard count > 0 else { return }
        if draw.order.isEmpty { draw.order = Array(0..<task.channelCount) }
        for pair in 0..<count { draw.order.swapAt(channels[2 * pair], channels[2 * pair + 1]) }
    }
}
