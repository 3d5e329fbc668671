internal import EMGSignal

/// Finds segments in which a channel, or all of them at once, do not move.
///
/// One channel must stand still for a second; a quiet channel of small whole numbers does so by
/// chance for a tenth of that. With four channels or more, all of them standing still together
/// for a fifth of a second, and ten times as long as the device holds a sample, is a drop-out of
/// the link.
struct FlatLine: Sendable, Hashable {
    /// What was found: channels in order, then the drop-outs that are shorter than a second.
    let intervals: [QualityInterval]
    /// Segments of any length in which nothing arrived, in order.
    let dropOuts: [SampleRange]

    /// How many segments are kept of each channel: a signal with more is no signal.
    static let mostSegments = 10_000

    /// Reads a recording once and looks for segments without movement.
    ///
    /// - Parameters:
    ///   - samples: The recording.
    ///   - rate: Rows a second.
    ///   - rowsPerUpdate: Rows for which the device holds a sample, at least 1.
    /// - Returns: The segments.
    /// - Throws: What makes the samples unreadable.
    static func detect<Samples: SampleBlocks>(
        in samples: Samples, rate: SamplingRate, rowsPerUpdate: Double
    ) throws(Samples.Failure) -> FlatLine {
        let count = samples.sampleCount
        let longest = max(rate.samples(inSeconds: 1), Int((20 * rowsPerUpdate).rounded(.up)))
        let patience = count >= 10 ? min(longest, count) : longest
        let shortest = max(
            rate.samples(inSeconds: 0.2), Int((10 * rowsPerUpdate).rounded(.up)), 4)
        var search = FlatSearch(
            width: samples.channelCount, patience: patience, shortest: shortest)
        try samples.forEachBlock { search.take($1) }
        search.finish()
        var result: [QualityInterval] = []
        for (channel, ranges) in search.found.enumerated() {
            for range in ranges {
                result.append(QualityInterval(range: range, channel: channel, kind: .flatLine))
            }
        }
        for range in search.dropOuts where range.count < patience {
            result.append(QualityInterval(range: range, channel: nil, kind: .flatLine))
        }
        return FlatLine(intervals: result, dropOuts: search.dropOuts)
    }
}

/// The search for segments without movement, block by block.
private struct FlatSearch {
    private let width: Int
    private let patience: Int
    private let shortest: Int
    private var row = 0
    private var starts: [Int]
    private var togetherStart = 0
    private var last: [Float] = []

    private(set) var found: [[SampleRange]]
    private(set) var dropOuts: [SampleRange] = []

    init(width: Int, patience: Int, shortest: Int) {
        self.width = width
        self.patience = patience
        self.shortest = shortest
        starts = [Int](repeating: 0, count: width)
        found = Array(repeating: [], count: width)
    }

    mutating func take(_ values: borrowing Span<Float>) {
        let rows = values.count / width
        for index in 0..<rows {
            if row > 0 {
                let now = values.extracting(index * width..<(index + 1) * width)
                if index == 0 {
                    let before = last
                    compare(now, with: before.span)
                } else {
                    compare(now, with: values.extracting((index - 1) * width..<index * width))
                }
            }
            row += 1
        }
        guard rows > 0 else { return }
        last.removeAll(keepingCapacity: true)
        for index in (rows - 1) * width..<rows * width { last.append(values[index]) }
    }

    mutating func finish() {
        for channel in 0..<width { end(channel) }
        endTogether()
    }

    private mutating func compare(_ now: Span<Float>, with before: Span<Float>) {
        var isMoving = false
        for channel in 0..<width where now[channel] != before[channel] {
            isMoving = true
            if row - starts[channel] >= patience { end(channel) }
            starts[channel] = row
        }
        if isMoving {
            endTogether()
            togetherStart = row
        }
    }

    private mutating func end(_ channel: Int) {
        guard row - starts[channel] >= patience, found[channel].count < FlatLine.mostSegments
        else { return }
        found[channel].append(SampleRange(start: starts[channel], end: row))
    }

    private mutating func endTogether() {
        guard width >= 4, row - togetherStart >= shortest,
            dropOuts.count < FlatLine.mostSegments
        else { return }
        dropOuts.append(SampleRange(start: togetherStart, end: row))
    }
}
