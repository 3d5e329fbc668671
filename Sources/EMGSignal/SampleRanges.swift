extension SampleRange {
    /// The samples in both; `nil` when there are none.
    package func intersection(_ other: SampleRange) -> SampleRange? {
        let lower = max(start, other.start)
        let upper = min(end, other.end)
        return lower < upper ? SampleRange(start: lower, end: upper) : nil
    }

    /// The range with that many samples more on both sides, as far as there are any.
    package func widened(by count: Int, within sampleCount: Int) -> SampleRange {
        SampleRange(start: max(0, start - count), end: min(sampleCount, end + count))
    }
}

/// Ranges in order, none overlapping the next.
extension [SampleRange] {
    /// The samples in both lists, cut where either is cut.
    package func intersection(_ others: [SampleRange]) -> [SampleRange] {
        var result: [SampleRange] = []
        var first = 0
        for range in self {
            while first < others.count, others[first].end <= range.start { first += 1 }
            var index = first
            while index < others.count, others[index].start < range.end {
                if let common = range.intersection(others[index]) { result.append(common) }
                index += 1
            }
        }
        return result
    }

    /// The samples that are in none of the others, which may overlap.
    package func subtracting(_ others: [SampleRange]) -> [SampleRange] {
        guard !others.isEmpty else { return self }
        let holes = others.sorted { $0.start < $1.start }
        var result: [SampleRange] = []
        var first = 0
        for range in self {
            var start = range.start
            while first < holes.count, holes[first].end <= range.start { first += 1 }
            var index = first
            while index < holes.count, holes[index].start < range.end {
                if holes[index].start > start {
                    result.append(SampleRange(start: start, end: holes[index].start))
                }
                start = Swift.max(start, holes[index].end)
                index += 1
            }
            if start < range.end { result.append(SampleRange(start: start, end: range.end)) }
        }
        return result
    }

    /// Ranges in any order that may overlap, as ranges in order and apart from each other.
    package func united() -> [SampleRange] {
        var result: [SampleRange] = []
        for range in sorted(by: { $0.start < $1.start }) where !range.isEmpty {
            if let last = result.last, last.end >= range.start {
                result[result.count - 1] = SampleRange(
                    start: last.start, end: Swift.max(last.end, range.end))
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// Neighbors that touch made one.
    package func joined() -> [SampleRange] {
        var result: [SampleRange] = []
        for range in self {
            if let last = result.last, last.end == range.start {
                result[result.count - 1] = SampleRange(start: last.start, end: range.end)
            } else {
                result.append(range)
            }
        }
        return result
    }
}
