package import EMGSignal

/// The samples that intervals of one kind cover, to be asked about windows.
struct QualityCover: Sendable {
    private let ranges: [SampleRange]
    private let isGap: Bool

    /// - Parameters:
    ///   - intervals: Intervals of any kind.
    ///   - kind: Which of them count.
    init(_ intervals: [QualityInterval], of kind: QualityInterval.Kind) {
        isGap = kind == .gap
        let own = intervals.filter { $0.kind == kind }.map(\.range)
        // A gap lies before its first sample, however long the interval is.
        ranges =
            isGap
            ? own.map { SampleRange(start: $0.start, end: $0.start + 1) }.united()
            : own.united()
    }

    /// Whether a window contains a sample of it; of a gap, whether the window reaches across it.
    func touches(_ start: Int, length: Int) -> Bool {
        // A window that begins where samples are missing before it is whole.
        let first = isGap ? start + 1 : start
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].end <= first { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].start < start + length
    }
}

extension [QualityInterval] {
    /// How many windows contain something of each kind.
    ///
    /// - Parameters:
    ///   - starts: The first sample of each window.
    ///   - length: Samples of a window.
    /// - Returns: Counts above 0, by kind; a window with several kinds counts for each.
    func windowCounts(_ starts: [Int], length: Int) -> [QualityInterval.Kind: Int] {
        var counts: [QualityInterval.Kind: Int] = [:]
        for kind in Set(map(\.kind)) {
            let cover = QualityCover(self, of: kind)
            let count = starts.count { cover.touches($0, length: length) }
            if count > 0 { counts[kind] = count }
        }
        return counts
    }

    /// Which windows contain nothing of any kind.
    ///
    /// - Parameter length: Samples of a window.
    /// - Returns: Whether the window that begins at a sample does.
    func spares(length: Int) -> (Int) -> Bool {
        let covers = Set(map(\.kind)).map { QualityCover(self, of: $0) }
        return { start in !covers.contains { $0.touches(start, length: length) } }
    }
}

extension [QualityInterval.Kind: Int] {
    /// The counts in the order of the kinds' numbers: `15 × marked bad, 2 × saturation`.
    package var text: String {
        sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) × \($0.key.name)" }
            .joined(separator: ", ")
    }

    /// The counts by the kinds' names.
    package var byName: [String: Int] {
        .init(uniqueKeysWithValues: map { ($0.key.name, $0.value) })
    }
}

extension Sequence<[QualityInterval.Kind: Int]> {
    /// The counts of all together.
    package var summed: [QualityInterval.Kind: Int] {
        reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }
}
