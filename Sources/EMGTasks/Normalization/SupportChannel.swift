import EMGSignal

/// What a normalization sees of a channel: its samples of the support.
///
/// The standard deviation is that of the population (divided by *n*).
public struct SupportChannel: Sendable {
    /// The mean.
    public let mean: Double
    /// The standard deviation; 0 for a channel that does not move.
    public let deviation: Double
    /// The least sample.
    public let least: Float
    /// The greatest sample.
    public let greatest: Float
    private let samples: SampleMatrix
    private let ranges: [SampleRange]
    private let index: Int

    /// The samples in the order of time.
    public var values: [Float] {
        ranges.flatMap { range in range.indices.map { samples[$0, index] } }
    }

    /// The channels of a recording.
    static func all(of samples: SampleMatrix, in support: [SampleRange]) -> [SupportChannel] {
        var moments = SupportMoments(channels: samples.channelCount)
        for range in support { moments.addSums(of: samples, in: range) }
        for range in support { moments.addSquares(of: samples, in: range) }
        let (means, deviations) = (moments.means, moments.deviations)
        return (0..<samples.channelCount).map { channel in
            SupportChannel(
                mean: means[channel], deviation: deviations[channel],
                least: moments.least[channel], greatest: moments.greatest[channel],
                samples: samples, ranges: support, index: channel)
        }
    }
}
