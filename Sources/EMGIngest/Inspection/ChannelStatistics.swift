internal import EMGSignal

/// The distribution of a channel's finite samples in four numbers, in double precision.
struct ChannelStatistics: Sendable, Hashable {
    /// How many samples are finite; the others are left out.
    let finiteCount: Int
    /// The smallest; `nil` when none is finite.
    let minimum: Double?
    /// The largest.
    let maximum: Double?
    /// The mean.
    let mean: Double?
    /// The standard deviation, with n in the denominator.
    let standardDeviation: Double?

    /// Takes the numbers of every channel in two passes: the second one sums squared distances
    /// from the mean, which loses nothing to cancellation.
    static func all<Samples: SampleBlocks>(
        of samples: Samples
    ) throws(Samples.Failure) -> [ChannelStatistics] {
        let bounds = try SampleBounds.measure(samples)
        let width = samples.channelCount
        let means = zip(bounds.sums, bounds.finiteCounts).map { $0 / Double(max(1, $1)) }
        var squares = [Double](repeating: 0, count: width)
        try samples.forEachBlock { _, values in
            for row in 0..<values.count / width {
                for channel in 0..<width where values[row * width + channel].isFinite {
                    let distance = Double(values[row * width + channel]) - means[channel]
                    squares[channel] += distance * distance
                }
            }
        }
        return (0..<width).map { channel in
            let count = bounds.finiteCounts[channel]
            guard count > 0 else {
                return ChannelStatistics(
                    finiteCount: 0, minimum: nil, maximum: nil, mean: nil, standardDeviation: nil)
            }
            return ChannelStatistics(
                finiteCount: count, minimum: Double(bounds.low[channel]),
                maximum: Double(bounds.high[channel]), mean: means[channel],
                standardDeviation: (squares[channel] / Double(count)).squareRoot())
        }
    }
}
