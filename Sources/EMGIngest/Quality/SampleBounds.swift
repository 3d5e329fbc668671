internal import EMGSignal

/// What one pass over the samples tells of each channel: its range, its mean, and where it is not
/// finite.
struct SampleBounds: Sendable, Hashable {
    /// How many segments that are not finite are kept of each channel.
    static let mostSegments = 100_000

    /// The smallest finite sample of each channel; infinity when there is none.
    private(set) var low: [Float]
    /// The largest finite sample of each channel.
    private(set) var high: [Float]
    /// How many samples of each channel are finite.
    private(set) var finiteCounts: [Int]
    /// The sum of the finite samples of each channel.
    private(set) var sums: [Double]
    /// The segments of each channel that are not finite.
    private(set) var nonFinite: [[SampleRange]]

    private init(channelCount width: Int) {
        low = [Float](repeating: .infinity, count: width)
        high = [Float](repeating: -.infinity, count: width)
        finiteCounts = [Int](repeating: 0, count: width)
        sums = [Double](repeating: 0, count: width)
        nonFinite = Array(repeating: [], count: width)
    }

    /// Reads a recording once.
    ///
    /// - Parameter samples: The recording.
    /// - Returns: The bounds of each channel.
    /// - Throws: What makes the samples unreadable.
    static func measure<Samples: SampleBlocks>(
        _ samples: Samples
    ) throws(Samples.Failure) -> SampleBounds {
        var bounds = SampleBounds(channelCount: samples.channelCount)
        try samples.forEachBlock { bounds.take($1, from: $0) }
        return bounds
    }

    private mutating func take(_ values: borrowing Span<Float>, from start: Int) {
        let width = low.count
        let rows = values.count / width
        if Self.areFinite(values) {
            for channel in 0..<width { finiteCounts[channel] += rows }
            for index in 0..<rows {
                let now = values.extracting(index * width..<(index + 1) * width)
                for channel in 0..<width {
                    let value = now[channel]
                    low[channel] = Swift.min(low[channel], value)
                    high[channel] = Swift.max(high[channel], value)
                    sums[channel] += Double(value)
                }
            }
        } else {
            for index in 0..<rows {
                for channel in 0..<width {
                    take(values[index * width + channel], channel: channel, row: start + index)
                }
            }
        }
    }

    private mutating func take(_ value: Float, channel: Int, row: Int) {
        if value.isFinite {
            finiteCounts[channel] += 1
            sums[channel] += Double(value)
            low[channel] = Swift.min(low[channel], value)
            high[channel] = Swift.max(high[channel], value)
        } else if let last = nonFinite[channel].last, last.end == row {
            nonFinite[channel][nonFinite[channel].count - 1] = SampleRange(
                start: last.start, end: row + 1)
        } else if nonFinite[channel].count < Self.mostSegments {
            nonFinite[channel].append(SampleRange(start: row, end: row + 1))
        } else if let last = nonFinite[channel].last {
            // What is beyond the limit is one segment: it is kept away from filters all the same.
            nonFinite[channel][nonFinite[channel].count - 1] = SampleRange(
                start: last.start, end: row + 1)
        }
    }

    /// In one pass without branches: the exponent of a number that is not finite has all bits
    /// set (IEEE 754).
    private static func areFinite(_ values: borrowing Span<Float>) -> Bool {
        let exponent: UInt32 = 0x7F80_0000
        var isBroken = false
        for index in values.indices {
            isBroken = isBroken || values[index].bitPattern & exponent == exponent
        }
        return !isBroken
    }
}
