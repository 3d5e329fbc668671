internal import EMGSignal

/// The distribution of a channel's finite samples in four numbers, in double precision.
struct ChannelStatistics: Sendable, Hashable {
    /// How many samples are finite; the others are left out.
    private(set) var finiteCount = 0
    /// The smallest; `nil` when none is finite.
    private(set) var minimum: Double?
    /// The largest.
    private(set) var maximum: Double?
    /// The mean.
    private(set) var mean: Double?
    /// The standard deviation, with n in the denominator.
    private(set) var standardDeviation: Double?

    /// Takes the numbers of one channel in two passes: the second one sums squared distances
    /// from the mean, which loses nothing to cancellation.
    init(_ samples: SampleMatrix, channel: Int) {
        let values = samples.values.span
        let places = stride(from: channel, to: values.count, by: samples.channelCount)
        var low = Float.infinity
        var high = -Float.infinity
        var sum = 0.0
        for place in places where values[place].isFinite {
            finiteCount += 1
            sum += Double(values[place])
            if values[place] < low { low = values[place] }
            if values[place] > high { high = values[place] }
        }
        guard finiteCount > 0 else { return }
        let mean = sum / Double(finiteCount)
        var squares = 0.0
        for place in places where values[place].isFinite {
            let distance = Double(values[place]) - mean
            squares += distance * distance
        }
        minimum = Double(low)
        maximum = Double(high)
        self.mean = mean
        standardDeviation = (squares / Double(finiteCount)).squareRoot()
    }
}
