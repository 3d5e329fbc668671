/// When each record began: segments of records that follow each other without a break.
struct EDFTimeLine: Sendable, Hashable {
    /// Records without a break between them.
    struct Segment: Sendable, Hashable {
        /// The first record.
        let firstRecord: Int
        /// One past the last record.
        var endRecord: Int
        /// When the first record began, in seconds since the start of the file.
        let onset: Double
        /// From when on samples only fill up the last record; `nil` when it is full.
        var fillFrom: Double?
    }

    /// The segments in the order of the file, at least one.
    private(set) var segments: [Segment]
    /// The length of a record in seconds.
    let recordDuration: Double
    /// Gaps that records go across, in seconds since the start of the file: samples between
    /// `start` and `end` only fill them.
    var gaps: [Gap] = []

    /// A gap that records go across.
    struct Gap: Sendable, Hashable {
        let start: Double
        let end: Double
    }

    /// Records that follow each other from a time on.
    init(recordCount: Int, recordDuration: Double, onset: Double = 0) {
        self.recordDuration = recordDuration
        segments = [Segment(firstRecord: 0, endRecord: recordCount, onset: onset)]
    }

    init(segments: [Segment], recordDuration: Double) {
        self.segments = segments
        self.recordDuration = recordDuration
    }

    /// When the first sample was taken.
    var onset: Double { segments[0].onset }

    /// Whether there are breaks.
    var hasBreaks: Bool { segments.count > 1 }

    /// The end of a segment in seconds, fill included.
    func end(of segment: Segment) -> Double {
        segment.onset + Double(segment.endRecord - segment.firstRecord) * recordDuration
    }

    /// Takes marks for samples that only fill up the last record of a segment.
    ///
    /// - Parameters:
    ///   - fills: Where such marks begin and end.
    ///   - step: The shortest time between samples.
    /// - Returns: For each mark whether it was one.
    mutating func take(fills: [(start: Double, end: Double)], step: Double) -> [Bool] {
        guard !fills.isEmpty, recordDuration > 0 else {
            return fills.map { _ in false }
        }
        let ends = segments.indices.map { (end: end(of: segments[$0]), index: $0) }
            .sorted { $0.end < $1.end }
        let tolerance = step / 2 + 1e-6
        return fills.map { fill in
            var low = 0
            var high = ends.count
            while low < high {
                let middle = (low + high) / 2
                if ends[middle].end < fill.end - tolerance {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low < ends.count, ends[low].end <= fill.end + tolerance,
                fill.start > ends[low].end - recordDuration + step / 2,
                fill.start < ends[low].end
            else { return false }
            segments[ends[low].index].fillFrom = fill.start
            return true
        }
    }
}

/// The rows of the signals of one rate: which record holds them and when they were taken.
struct EDFRows: Sendable, Hashable {
    /// Rows without a break between them.
    struct Segment: Sendable, Hashable {
        let firstRecord: Int
        /// The rows of the first record that come before the segment.
        var skippedRows = 0
        let firstRow: Int
        let rowCount: Int
        let onset: Double
        var endRow: Int { firstRow + rowCount }
    }

    /// The segments in the order of the file.
    let segments: [Segment]
    /// Samples a second.
    let hertz: Double
    /// The rows of a record.
    let rowsPerRecord: Int
    /// The number of rows.
    let count: Int
    /// The segments in the order of their time.
    private let byTime: [Segment]
    private let onset: Double

    init(_ timeLine: EDFTimeLine, rowsPerRecord: Int) {
        let hertz = EDFHeader.hertz(rowsPerRecord, in: timeLine.recordDuration)
        var row = 0
        var segments: [Segment] = []
        for segment in timeLine.segments {
            var rows = (segment.endRecord - segment.firstRecord) * rowsPerRecord
            if let fillFrom = segment.fillFrom {
                let fill = ((timeLine.end(of: segment) - fillFrom) * hertz).rounded()
                rows -= Int(max(0, min(fill, Double(rowsPerRecord - 1))))
            }
            for piece in Self.pieces(of: segment, rows: rows, timeLine.gaps, hertz: hertz) {
                segments.append(
                    Segment(
                        firstRecord: segment.firstRecord + piece.lowerBound / rowsPerRecord,
                        skippedRows: piece.lowerBound % rowsPerRecord, firstRow: row,
                        rowCount: piece.count,
                        onset: segment.onset + Double(piece.lowerBound) / hertz))
                row += piece.count
            }
        }
        self.segments = segments
        self.hertz = hertz
        self.rowsPerRecord = rowsPerRecord
        count = row
        byTime = segments.sorted { $0.onset < $1.onset }
        onset = timeLine.onset
    }

    /// The rows of a segment between the gaps that it goes across.
    private static func pieces(
        of segment: EDFTimeLine.Segment, rows: Int, _ gaps: [EDFTimeLine.Gap], hertz: Double
    ) -> [Range<Int>] {
        func row(_ time: Double) -> Int {
            Int(((time - segment.onset) * hertz).rounded().clamped(to: 0...Double(rows)))
        }
        // The first gap within the segment, by bisection: they are in order.
        var (low, high) = (0, gaps.count)
        while low < high {
            let middle = (low + high) / 2
            if gaps[middle].start <= segment.onset { low = middle + 1 } else { high = middle }
        }
        var pieces: [Range<Int>] = []
        var start = 0
        for gap in gaps[low...] {
            guard row(gap.start) < rows else { break }
            let (end, next) = (row(gap.start), row(gap.end))
            // What does not leave samples on both sides is no gap.
            guard end > start, next >= end, next < rows else { continue }
            pieces.append(start..<end)
            start = next
        }
        return pieces + (start < rows || pieces.isEmpty ? [start..<rows] : [])
    }

    /// The row nearest to a time in seconds since the first sample, in any range. In a break it
    /// is the first row behind it.
    func row(at seconds: Double) -> Int {
        let time = onset + seconds
        var low = 0
        var high = byTime.count
        while low < high {
            let middle = (low + high) / 2
            if byTime[middle].onset <= time { low = middle + 1 } else { high = middle }
        }
        let segment = byTime[max(0, low - 1)]
        let steps = ((time - segment.onset) * hertz).rounded(.toNearestOrAwayFromZero)
        let isLast = low >= byTime.count
        let limit = isLast ? 1e15 : Double(segment.rowCount)
        return segment.firstRow + Int(max(-1e15, min(steps, limit)))
    }

    /// The time of a row in seconds since the start of the file.
    func time(ofRow row: Int, in segment: Segment) -> Double {
        segment.onset + Double(row - segment.firstRow) / hertz
    }

    /// The time of a row in seconds since the start of the file.
    func time(ofRow row: Int) -> Double {
        var low = 0
        var high = segments.count
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].firstRow <= row { low = middle + 1 } else { high = middle }
        }
        return time(ofRow: row, in: segments[max(0, low - 1)])
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
