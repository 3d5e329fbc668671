internal import EMGSignal

/// The rows of a record: which frames they are, and where frames are missing.
struct WFDBRows: Sendable, Hashable {
    /// Segments that follow each other without a hole.
    struct Stretch: Sendable, Hashable {
        /// Its first frame, counted over the whole record.
        let firstFrame: Int
        /// One past its last frame.
        var endFrame: Int
        /// Its first row.
        let firstRow: Int
    }

    /// The stretches, at least one.
    let stretches: [Stretch]
    /// The number of rows.
    let count: Int
    /// Rows a second.
    let hertz: Double

    private let rowsPerFrame: Int

    init(_ segments: [WFDBRecord.Segment], part: WFDBPart) {
        var stretches: [Stretch] = []
        var row = 0
        for segment in segments {
            if let last = stretches.last, last.endFrame == segment.firstFrame {
                stretches[stretches.count - 1].endFrame = segment.endFrame
            } else {
                stretches.append(
                    Stretch(
                        firstFrame: segment.firstFrame, endFrame: segment.endFrame, firstRow: row))
            }
            row += segment.frameCount * part.samplesPerFrame
        }
        self.stretches = stretches
        count = row
        hertz = part.hertz
        rowsPerFrame = part.samplesPerFrame
    }

    /// Whether frames are missing between rows.
    var hasGaps: Bool { stretches.count > 1 }

    /// Where frames are missing before a row.
    var gaps: [QualityInterval] {
        stretches.dropFirst().map {
            QualityInterval(
                range: SampleRange(start: $0.firstRow, end: $0.firstRow + 1), channel: nil,
                kind: .gap)
        }
    }

    /// The time of a row in seconds since the start of the record.
    func time(ofRow row: Int) -> Double {
        let stretch = stretches[self.stretch(before: row) { $0.firstRow }]
        return Double(stretch.firstFrame * rowsPerFrame + row - stretch.firstRow) / hertz
    }

    /// The row nearest to a time in seconds since the start of the record; where nothing was
    /// recorded, the first one behind. It may be below 0 or above ``count``.
    func row(at seconds: Double) -> Int {
        let place = (seconds * hertz).rounded(.toNearestOrAwayFromZero)
        let position = Int(max(-9e15, min(9e15, place)))
        let index = stretch(before: position) { $0.firstFrame * rowsPerFrame }
        let stretch = stretches[index]
        let inside = position - stretch.firstFrame * rowsPerFrame
        let length = (stretch.endFrame - stretch.firstFrame) * rowsPerFrame
        let isLast = index == stretches.count - 1
        return stretch.firstRow + (isLast ? inside : min(inside, length))
    }

    /// The last stretch that begins at or before a position, or the first one.
    private func stretch(before position: Int, start: (Stretch) -> Int) -> Int {
        var low = 0
        var high = stretches.count
        while low < high {
            let middle = (low + high) / 2
            if start(stretches[middle]) <= position { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
