internal import EMGSignal

/// Takes the mean or the line of least squares off each segment.
struct TrendRemoval: SegmentOperation {
    /// What is taken off.
    let kind: Detrend.Kind

    var summary: String { "\(kind.rawValue) trend taken off each segment" }

    func work(sampleCount: Int) -> OperationWork {
        OperationWork("whole segments", operationsPerSample: 6)
    }

    /// Takes the trend off a segment.
    ///
    /// - Parameters:
    ///   - samples: The segment.
    ///   - fitRanges: The samples of it that are looked at; all of them when there are none.
    func apply(toSegment samples: inout MutableSpan<Double>, fitRanges: [SampleRange]) {
        let all = SampleRange(start: 0, end: samples.count)
        guard !all.isEmpty else { return }
        let ranges = fitRanges.isEmpty ? [all] : fitRanges
        let count = Double(ranges.reduce(0) { $0 + $1.count })
        let mean =
            ranges.reduce(0) { $0 + samples.span.extracting($1.indices).sum } / count
        for index in all.indices { samples[index] -= mean }
        guard kind == .linear, count > 1 else { return }
        let middle =
            ranges.reduce(0) { $0 + Double($1.start + $1.end - 1) / 2 * Double($1.count) } / count
        var (product, square) = (0.0, 0.0)
        for range in ranges {
            for index in range.indices {
                let distance = Double(index) - middle
                product += distance * samples[index]
                square += distance * distance
            }
        }
        let slope = product / square
        for index in all.indices { samples[index] -= slope * (Double(index) - middle) }
    }
}
