internal import EMGSignal

/// The rows of a record: which frames they are, and where frames are missing.
struct WFDBRows: Sendable, Hashable {
    /// Segments that follow each other without a hole.
    struct Run: Sendable, Hashable {
        /// Its first frame, counted over the whole record.
        let firstFrame: Int
        /// One past its last frame.
        var endFrame: Int
        /// Its first row.
        let firstRow: Int
    }

    /// The runs, at least one.
    let runs: [Run]
    /// The number of rows.
    let count: Int
    /// Rows a second.
    let hertz: Double

    private let rowsPerFrame: Int

    init(_ segments: [WFDBRecord.Segment], part: WFDBPart) {
        var runs: [Run] = []
        var row = 0
        for segment in segments {
            if let last = runs.last, last.endFrame == segment.firstFrame {
                runs[runs.count - 1].endFrame = segment.endFrame
            } else {
                runs.append(
                    Run(
                        firstFrame: segment.firstFrame, endFrame: segment.endFrame, firstRow: row))
            }
            row += segment.frameCount * part.samplesPerFrame
        }
        self.runs = runs
        count = row
        hertz = part.hertz
        rowsPerFrame = part.samplesPerFrame
    }

    /// Whether frames are missing between rows.
    var hasGaps: Bool { runs.count > 1 }

    /// Where frames are missing before a row.
    var gaps: [QualityInterval] {
        runs.dropFirst().map {
            QualityInterval(
                range: SampleRange(start: $0.firstRow, end: $0.firstRow + 1), channel: nil,
                kind: .gap)
        }
    }

    /// The time of a row in seconds since the start of the record.
    func time(ofRow row: Int) -> Double {
        let run = runs[self.run(before: row) { $0.firstRow }]
        return Double(run.firstFrame * rowsPerFrame + row - run.firstRow) / hertz
    }

    /// The row nearest to a time in seconds since the start of the record; where nothing was
    /// recorded, the first one behind. It may be below 0 or above ``count``.
    func row(at seconds: Double) -> Int {
        let place = (seconds * hertz).rounded(.toNearestOrAwayFromZero)
        let position = Int(max(-9e15, min(9e15, place)))
        let index = run(before: position) { $0.firstFrame * rowsPerFrame }
        let run = runs[index]
        let inside = position - run.firstFrame * rowsPerFrame
        let length = (run.endFrame - run.firstFrame) * rowsPerFrame
        let isLast = index == runs.count - 1
        return run.firstRow + (isLast ? inside : min(inside, length))
    }

    /// The last run that begins at or before a position, or the first one.
    private func run(before position: Int, start: (Run) -> Int) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if start(runs[middle]) <= position { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
