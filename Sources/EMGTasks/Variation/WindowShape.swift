/// Where the numbers of one window lie in a batch.
public struct WindowShape: Sendable, Hashable {
    /// How the numbers of a window lie one after the other.
    public enum Layout: Sendable, Hashable {
        /// `[channels × samples]`.
        case channelsFirst
        /// `[samples × channels]`.
        case samplesFirst
    }

    /// The place of the window's first number.
    let start: Int
    /// How many channels, at least 1.
    public let channels: Int
    /// How many samples, at least 1.
    public let length: Int
    /// How the numbers lie.
    public let layout: Layout

    /// The place of a number in the batch.
    ///
    /// - Parameters:
    ///   - channel: From 0.
    ///   - sample: From 0.
    /// - Returns: An index.
    public func place(_ channel: Int, _ sample: Int) -> Int {
        switch layout {
        case .channelsFirst: start + channel * length + sample
        case .samplesFirst: start + sample * channels + channel
        }
    }

    /// Takes each number from the channel and sample that `source` gives for its own.
    ///
    /// - Parameters:
    ///   - windows: The numbers of the batch.
    ///   - source: The channel and sample that a number comes from, by its own.
    package func rearrange(
        _ windows: inout [Float], from source: (_ channel: Int, _ sample: Int) -> (Int, Int)
    ) {
        let old = WindowShape(start: 0, channels: channels, length: length, layout: layout)
        let values = Array(windows[start..<start + channels * length])
        for channel in 0..<channels {
            for sample in 0..<length {
                let (otherChannel, otherSample) = source(channel, sample)
                windows[place(channel, sample)] = values[old.place(otherChannel, otherSample)]
            }
        }
    }
}
