public import EMGSignal

/// An operation that works on each segment of a channel by itself.
public protocol SegmentOperation: ChannelOperation {
    /// Applies the operation to a segment.
    ///
    /// - Parameters:
    ///   - segment: Its samples, at least one.
    ///   - fitRanges: What of them something may be fitted to.
    func apply(toSegment segment: inout MutableSpan<Double>, fitRanges: [SampleRange])
}

extension SegmentOperation {
    /// Applies the operation to each segment.
    public func apply(
        _ samples: inout MutableSpan<Double>, segments: [SampleRange], fitRanges: [SampleRange],
        channel: Int
    ) -> [String: Double] {
        var next = 0
        for segment in segments where !segment.isEmpty {
            // The ranges are in order and within the segments.
            var own: [SampleRange] = []
            while next < fitRanges.count, fitRanges[next].end <= segment.end {
                let range = fitRanges[next]
                own.append(
                    SampleRange(
                        start: range.start - segment.start, end: range.end - segment.start))
                next += 1
            }
            var part = samples._mutatingExtracting(segment.indices)
            apply(toSegment: &part, fitRanges: own)
        }
        return [:]
    }
}
