internal import EMGSignal

/// What must be known of a recording before its first record can be written: one pass over it.
struct SignalSurvey {
    /// What one channel holds.
    struct ChannelSurvey: Sendable, Hashable {
        /// The lowest and highest finite sample; `nil` when there is none.
        var samples: ClosedRange<Float>?
        /// The lowest and highest number of the source; `nil` when samples are no such numbers.
        var numbers: ClosedRange<Int>?
        /// Whether every finite sample is a number of the source, exactly.
        var isExact = true
        /// Segments that are not finite.
        var nonFinite: [SampleRange] = []
    }

    /// More segments than these are written as one.
    private static let mostNonFinite = 1_000
    private static let blockRows = 4_096
    private static let largestNumber = 1e9

    /// The channels.
    private(set) var channels: [ChannelSurvey]
    /// The segments of one label; empty for an unlabeled recording.
    private(set) var runs: [LabelTrack.Run] = []
    /// The time of the first sample; `nil` when there are no time stamps.
    private(set) var firstTime: Double?
    /// The times of the rows that a gap ends at.
    private(set) var times: [Int: Double] = [:]

    /// Looks at every row.
    ///
    /// - Parameters:
    ///   - header: The recording.
    ///   - rows: Its rows.
    ///   - gaps: The rows that a gap ends at, in order.
    /// - Throws: What makes the rows unreadable.
    init<Rows: RecordingRows>(
        _ header: RecordingHeader, rows: Rows, gaps: [Int]
    ) throws(Rows.Failure) {
        let scaling = header.scaling
        let width = header.channels.count
        var channels = [ChannelSurvey](repeating: ChannelSurvey(), count: width)
        var runs: [LabelTrack.Run] = []
        var times: [Int: Double] = [:]
        var firstTime: Double?
        var nextGap = 0
        try rows.forEachBlock(of: Self.blockRows) { start, block in
            let count = block.samples.count / width
            for channel in 0..<width {
                Self.survey(
                    block.samples.span, of: channel, width: width, firstRow: start,
                    scale: scaling.scale[channel], offset: scaling.offset[channel],
                    into: &channels[channel])
            }
            for (index, label) in block.labels.enumerated() {
                let row = start + index
                if let last = runs.last, last.label == label, last.range.end == row {
                    runs[runs.count - 1] = LabelTrack.Run(
                        label: label, range: SampleRange(start: last.range.start, end: row + 1))
                } else {
                    runs.append(
                        LabelTrack.Run(label: label, range: SampleRange(start: row, end: row + 1)))
                }
            }
            if start == 0 { firstTime = block.timeStamps.first }
            while nextGap < gaps.count, gaps[nextGap] < start + count {
                if !block.timeStamps.isEmpty {
                    times[gaps[nextGap]] = block.timeStamps[gaps[nextGap] - start]
                }
                nextGap += 1
            }
        }
        self.channels = channels
        self.runs = runs
        self.times = times
        self.firstTime = firstTime
    }

    private static func survey(
        _ samples: Span<Float>, of channel: Int, width: Int, firstRow: Int, scale: Double,
        offset: Double, into result: inout ChannelSurvey
    ) {
        var low = result.samples?.lowerBound ?? .infinity
        var high = result.samples?.upperBound ?? -.infinity
        var lowNumber = result.numbers.map { Double($0.lowerBound) } ?? .infinity
        var highNumber = result.numbers.map { Double($0.upperBound) } ?? -.infinity
        var isExact = result.isExact
        var row = firstRow
        for index in stride(from: channel, to: samples.count, by: width) {
            let sample = samples[index]
            if sample.isFinite {
                low = min(low, sample)
                high = max(high, sample)
                if isExact {
                    let number = ((Double(sample) - offset) / scale).rounded()
                    isExact =
                        Float(scale * number + offset) == sample && abs(number) <= largestNumber
                    lowNumber = min(lowNumber, number)
                    highNumber = max(highNumber, number)
                }
            } else {
                note(row, in: &result.nonFinite)
            }
            row += 1
        }
        result.samples = low <= high ? low...high : nil
        result.isExact = isExact
        result.numbers =
            isExact && lowNumber <= highNumber ? Int(lowNumber)...Int(highNumber) : nil
    }

    private static func note(_ row: Int, in segments: inout [SampleRange]) {
        guard let last = segments.last, last.end == row || segments.count >= mostNonFinite
        else {
            segments.append(SampleRange(start: row, end: row + 1))
            return
        }
        segments[segments.count - 1] = SampleRange(start: last.start, end: row + 1)
    }
}
