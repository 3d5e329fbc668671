internal import EMGSignal

/// How far the channels of a recording are above their rest, together: the root of the mean square of
/// each channel's distance, in standard deviations of its own rest.
struct ActivityCurve: Sendable {
    /// One value a sample; not a number where no movement is to be found.
    let values: [Double]
    /// The mean of the values at rest.
    let restMean: Double
    /// Their standard deviation.
    let restDeviation: Double

    /// Rest is looked for in blocks of this length.
    private static let blockSeconds = 0.5
    /// There are at least so many blocks of rest.
    private static let fewestBlocks = 3
    /// A channel that does not move at rest counts as if it did by this share of its largest amplitude.
    private static let leastDeviation = 0.005

    /// Compares channels with their rest; there is no curve when there are too few samples, or no channel
    /// ever moves.
    ///
    /// - Parameters:
    ///   - channels: The numbers of the channels that count.
    ///   - values: The smoothed amplitudes of a channel, at least 0; what is not finite does not
    ///     count. Asked for twice, so that a long recording is not there a second time as a whole.
    ///   - count: How many values a channel has.
    ///   - usable: The samples in which movements may be, in order and apart.
    ///   - rate: Samples a second.
    ///   - restShare: Which share of the blocks is rest.
    init?(
        _ channels: [Int], values: (Int) -> [Double], count: Int, usable: [SampleRange],
        rate: SamplingRate, restShare: Double
    ) {
        let length = max(1, Int((Self.blockSeconds * rate.hertz).rounded()))
        let blocks = usable.flatMap { range in
            stride(from: range.start, through: range.end - length, by: length).map {
                SampleRange(start: $0, end: $0 + length)
            }
        }
        guard blocks.count >= Self.fewestBlocks else { return nil }
        let wanted = max(Self.fewestBlocks, Int((restShare * Double(blocks.count)).rounded(.up)))
        let rest = Self.quietest(blocks, wanted, of: channels, values, usable)
        var sums = [Double](repeating: 0, count: count)
        var counts = [Double](repeating: 0, count: count)
        for number in channels {
            let channel = values(number)
            let (mean, spread) = Self.moments(rest.lazy.flatMap(\.indices).map { channel[$0] })
            let largest =
                usable.lazy.flatMap(\.indices).map { channel[$0] }
                .filter(\.isFinite).max() ?? mean
            let deviation = max(spread, Self.leastDeviation * (largest - mean))
            guard deviation > 0 else { continue }
            for range in usable {
                for sample in range.indices where channel[sample].isFinite {
                    let distance = max(0, (channel[sample] - mean) / deviation)
                    sums[sample] += distance * distance
                    counts[sample] += 1
                }
            }
        }
        guard counts.contains(where: { $0 > 0 }) else { return nil }
        // Zero over zero where nothing counts: not a number, and so above no threshold.
        let curve = zip(sums, counts).map { ($0 / $1).squareRoot() }
        self.values = curve
        (restMean, restDeviation) = Self.moments(
            rest.lazy.flatMap(\.indices).map { curve[$0] })
    }

    /// The blocks with the least activity; each channel counts by how it compares with its own median.
    private static func quietest(
        _ blocks: [SampleRange], _ wanted: Int, of channels: [Int], _ values: (Int) -> [Double],
        _ usable: [SampleRange]
    ) -> [SampleRange] {
        var sums = [Double](repeating: 0, count: blocks.count)
        var counts = sums
        for number in channels {
            let channel = values(number)
            let sorted = usable.flatMap(\.indices).map { channel[$0] }.filter(\.isFinite).sorted()
            guard let largest = sorted.last, largest > 0 else { continue }
            // Half of the samples of a sparse channel may be 0.
            let median = max(sorted[sorted.count / 2], 1e-9 * largest)
            for (index, block) in blocks.enumerated() {
                guard block.indices.contains(where: { channel[$0].isFinite }) else { continue }
                sums[index] += moments(block.indices.lazy.map { channel[$0] }).mean / median
                counts[index] += 1
            }
        }
        // A block of which no channel says anything is no rest.
        let activity = zip(sums, counts).map { $1 > 0 ? $0 / $1 : .infinity }
        return blocks.indices.sorted { (activity[$0], $0) < (activity[$1], $1) }
            .prefix(wanted).map { blocks[$0] }
    }

    /// Mean and standard deviation of the finite ones of some values; 0 when there are none.
    private static func moments(
        _ values: some Sequence<Double>
    ) -> (mean: Double, deviation: Double) {
        var (count, mean, squares) = (0.0, 0.0, 0.0)
        for value in values where value.isFinite {
            count += 1
            let step = value - mean
            mean += step / count
            squares += step * (value - mean)
        }
        return (mean, count == 0 ? 0 : (squares / count).squareRoot())
    }

    /// The amplitude of movements: what a fifth of the values above a level are above.
    ///
    /// - Returns: `nil` when no value is above it.
    func amplitude(above level: Double) -> Double? {
        let active = values.filter { $0 > level }.sorted()
        return active.isEmpty ? nil : active[min(active.count - 1, active.count * 4 / 5)]
    }

    /// The segments above a level; those that are less apart than a pause are one, unless no movement
    /// may be between them.
    func segments(above level: Double, joining pause: Int) -> [SampleRange] {
        var result: [SampleRange] = []
        var start: Int?
        // The last sample that is not a number: nothing reaches across it.
        var barrier = -1
        for sample in 0...values.count {
            let isAbove = sample < values.count && values[sample] > level
            if sample < values.count, values[sample].isNaN { barrier = sample }
            if isAbove, start == nil {
                start = sample
                if let last = result.last, sample - last.end < pause, barrier < last.end {
                    result.removeLast()
                    start = last.start
                }
            } else if !isAbove, let begin = start {
                result.append(SampleRange(start: begin, end: sample))
                start = nil
            }
        }
        return result
    }
}
