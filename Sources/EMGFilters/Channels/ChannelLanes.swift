internal import EMGSignal

/// A few channels in double precision, the samples of each next to each other, with the segments
/// of them that may be filtered.
struct ChannelLanes: Sendable {
    /// The segments of each lane, in order and apart; all their samples are finite.
    let segments: [[SampleRange]]
    /// Those of their samples that something may be fitted to.
    private let fitRanges: [[SampleRange]]
    /// Samples a lane.
    let sampleCount: Int
    /// `[lanes × samples]`.
    private(set) var values: [Double]

    /// Creates lanes.
    ///
    /// - Parameters:
    ///   - values: `[lanes × samples]`.
    ///   - sampleCount: Samples a lane.
    ///   - channels: Which channel each lane is.
    ///   - continuity: Where a channel may be filtered as one.
    init(
        values: consuming [Double], sampleCount: Int, channels: Range<Int>,
        continuity: Continuity
    ) {
        precondition(
            values.count == sampleCount * channels.count,
            "\(values.count) values are not \(channels.count) lanes of \(sampleCount) samples")
        let segments = channels.enumerated().map { lane, channel in
            continuity.segments(
                channel: channel,
                of: values.span.extracting(lane * sampleCount..<(lane + 1) * sampleCount))
        }
        self.segments = segments
        fitRanges = zip(channels, segments).map { channel, segments in
            continuity.fitRanges(channel: channel, in: segments)
        }
        self.values = values
        self.sampleCount = sampleCount
    }

    /// How many lanes.
    var count: Int { segments.count }

    /// One value.
    subscript(lane lane: Int, sample sample: Int) -> Double {
        get { values[lane * sampleCount + sample] }
        set { values[lane * sampleCount + sample] = newValue }
    }

    /// Lends the lanes as columns, row after row, and takes them back.
    mutating func withColumns(_ body: (ChannelColumns<Double>) -> Void) {
        let (count, sampleCount) = (count, sampleCount)
        guard count > 1 else {
            return ChannelColumns.withColumns(of: &values, channelCount: 1, body)
        }
        var rows = Self.transposed(values, rows: count, columns: sampleCount)
        ChannelColumns.withColumns(of: &rows, channelCount: count, body)
        values = Self.transposed(rows, rows: sampleCount, columns: count)
    }

    private static func transposed(_ values: [Double], rows: Int, columns: Int) -> [Double] {
        precondition(values.count == rows * columns)
        let source = values.span
        return [Double](capacity: values.count) { output in
            for column in 0..<columns {
                for row in 0..<rows {
                    output.append(unsafe source[unchecked: row &* columns &+ column])
                }
            }
        }
    }

    /// The lanes in groups that have all their segments in common.
    var groups: [[Int]] {
        var groups: [[Int]] = []
        for lane in 0..<count {
            if let index = groups.firstIndex(where: { segments[$0[0]] == segments[lane] }) {
                groups[index].append(lane)
            } else {
                groups.append([lane])
            }
        }
        return groups
    }

    /// Passes a segment of some lanes through a filter, in pieces that stay in the cache.
    ///
    /// - Parameters:
    ///   - segment: The samples.
    ///   - group: The lanes.
    ///   - filter: A filter for as many channels.
    mutating func stream(
        _ segment: SampleRange, of group: [Int], through filter: inout some StreamingFilter
    ) {
        let width = group.count
        var rows = [Double](repeating: 0, count: min(1_024, segment.count) * width)
        for start in stride(from: segment.start, to: segment.end, by: 1_024) {
            let length = min(1_024, segment.end - start)
            if rows.count != length * width { rows = Array(rows.prefix(length * width)) }
            for (column, lane) in group.enumerated() {
                let first = lane * sampleCount + start
                for index in 0..<length { rows[index * width + column] = values[first + index] }
            }
            filter.process(&rows)
            for (column, lane) in group.enumerated() {
                let first = lane * sampleCount + start
                for index in 0..<length { values[first + index] = rows[index * width + column] }
            }
        }
    }

    /// Applies an operation to every sample of all segments.
    mutating func apply(_ operation: SampleOperation) {
        for (lane, segments) in segments.enumerated() {
            let start = lane * sampleCount
            var span = values.mutableSpan
            for segment in segments {
                operation.apply(to: &span, start + segment.start..<start + segment.end)
            }
        }
    }

    /// Applies an operation to a lane as a whole.
    ///
    /// - Returns: What it was fitted on.
    mutating func apply(
        _ operation: some ChannelOperation, lane: Int, channel: Int
    ) -> [String: Double] {
        let (segments, fitRanges) = (segments[lane], fitRanges[lane])
        let range = lane * sampleCount..<(lane + 1) * sampleCount
        var all = values.mutableSpan
        var span = all._mutatingExtracting(range)
        return operation.apply(
            &span, segments: segments, fitRanges: fitRanges, channel: channel)
    }

    /// Runs every segment through a recursion forward and backward.
    mutating func run(_ chain: RecursiveChain) {
        let (sampleCount, segments) = (sampleCount, segments)
        ChannelColumns.withColumns(of: &values, channelCount: 1) { columns in
            for (lane, segments) in segments.enumerated() {
                for segment in segments where !segment.isEmpty {
                    let start = lane * sampleCount
                    columns.withRows(
                        channels: 0..<1,
                        samples: SampleRange(
                            start: start + segment.start, end: start + segment.end)
                    ) { chain.run($0) }
                }
            }
        }
    }
}
