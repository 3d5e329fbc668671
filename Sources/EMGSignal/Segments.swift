extension Sequence<QualityInterval> {
    /// The segments of a recording that may be filtered and windowed as one: cut at the start of
    /// every gap and free of non-finite samples.
    ///
    /// - Parameter sampleCount: The recording's length in samples.
    /// - Returns: Non-empty ranges in order, none touching a non-finite sample.
    package func segments(sampleCount: Int) -> [SampleRange] {
        segments(sampleCount: sampleCount) { $0.kind == .nonFinite }
    }

    /// The segments of a recording that are cut at the start of every gap and free of the
    /// samples of some intervals.
    ///
    /// - Parameters:
    ///   - sampleCount: The recording's length in samples.
    ///   - isExcluded: Whether the samples of an interval are left out.
    /// - Returns: Non-empty ranges in order, none touching a sample that is left out.
    package func segments(
        sampleCount: Int, excluding isExcluded: (QualityInterval) -> Bool
    ) -> [SampleRange] {
        var cuts: Set<Int> = [0, sampleCount]
        var excluded: [SampleRange] = []
        for interval in self {
            if interval.kind == .gap {
                cuts.insert(Swift.min(Swift.max(interval.range.start, 0), sampleCount))
            } else if isExcluded(interval) {
                excluded.append(interval.range)
                cuts.insert(Swift.min(interval.range.start, sampleCount))
                cuts.insert(Swift.min(interval.range.end, sampleCount))
            }
        }
        let borders = cuts.sorted()
        excluded.sort { $0.start < $1.start }
        var result: [SampleRange] = []
        var next = 0
        var excludedUntil = 0
        for (start, end) in zip(borders, borders.dropFirst()) {
            while next < excluded.count, excluded[next].start <= start {
                excludedUntil = Swift.max(excludedUntil, excluded[next].end)
                next += 1
            }
            if start >= excludedUntil { result.append(SampleRange(start: start, end: end)) }
        }
        return result
    }
}
