internal import PrintableText

/// When the samples of a stream were taken, by the clock of the recording.
///
/// A stream with a rate is evened out as `pyxdf` does it: times that jump by more than a second
/// and more than 500 samples begin a new segment, and each segment gets the line that fits its
/// times best. Streams without a rate, and those whose samples may be dropped, keep their times.
struct XDFTimes: Sendable, Hashable {
    /// Samples without a break between them.
    struct Segment: Sendable, Hashable {
        let firstRow: Int
        let rowCount: Int
        /// The time of the first row.
        let start: Double
        /// The seconds between rows.
        let step: Double
    }

    private static let breakSeconds = 1.0
    private static let breakSamples = 500.0
    private static let mostSegments = 100_000

    /// The segments in the order of the file; none when times are kept as they are.
    private(set) var segments: [Segment] = []
    /// Samples a second, over all segments; `nil` when there are no two samples in a row.
    private(set) var effectiveHertz: Double?
    /// The time of the first row.
    private(set) var origin = 0.0
    /// The row nearest to each time asked for, where times are kept as they are.
    private var rowsOfTimes: [Double: Int] = [:]
    private var byTime: [Segment] = []

    /// Whether times are evened out.
    var isEven: Bool { !segments.isEmpty }

    /// Goes through the times of a stream.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - contents: What is in it.
    ///   - stream: The stream, with at least one sample.
    ///   - clock: The way to the clock of the recording.
    ///   - sought: Times whose rows will be asked for, ascending.
    /// - Throws: ``IngestError`` where a chunk is damaged.
    init(
        _ source: PositionedFile, _ contents: XDFContents, _ stream: XDFContents.Stream,
        clock: XDFClock, sought: [Double]
    ) throws(IngestError) {
        var clock = clock
        var samples = XDFSamples(source, contents, stream)
        let info = stream.info
        let isEven = info.nominalHertz > 0 && !info.canDropSamples
        let largest = max(Self.breakSeconds, Self.breakSamples * info.step)
        var fit = Fit()
        var row = 0
        var previous = 0.0
        var next = sought.startIndex
        while let time = try samples.nextTime() {
            try samples.skipValues()
            let now = clock.synchronized(time)
            guard abs(now) < 10 * XDFClock.largestTime else {
                throw IngestError(
                    .inconsistent(
                        expected: "clock offsets that lie on a line",
                        found: "a time of \(now) s by them"),
                    at: SourceLocation(file: source.name, object: info.title),
                    hint: XDFChunk.hint)
            }
            if row == 0 { origin = now }
            if isEven {
                if row > 0, abs(now - previous) > largest {
                    try close(fit, stream, source.name)
                    fit = Fit()
                }
                fit.add(row, now)
            } else {
                while next < sought.endIndex, sought[next] <= now {
                    let isNearer = row > 0 && sought[next] - previous < now - sought[next]
                    rowsOfTimes[sought[next]] = isNearer ? row - 1 : row
                    next += 1
                }
            }
            previous = now
            row += 1
        }
        if isEven {
            try close(fit, stream, source.name)
            byTime = segments.sorted { $0.start < $1.start }
            origin = segments[0].start
            let steps = segments.reduce(0) { $0 + $1.rowCount - 1 }
            let seconds = segments.reduce(0) { $0 + Double($1.rowCount - 1) * $1.step }
            if steps > 0, seconds > 0 { effectiveHertz = Double(steps) / seconds }
        } else if row > 1, previous > origin {
            effectiveHertz = Double(row - 1) / (previous - origin)
        }
    }

    private mutating func close(
        _ fit: Fit, _ stream: XDFContents.Stream, _ file: String
    ) throws(IngestError) {
        guard segments.count < Self.mostSegments else {
            throw IngestError(
                .unsupported(feature: "a stream with more than \(Self.mostSegments) breaks"),
                at: SourceLocation(file: file, object: stream.info.title))
        }
        segments.append(fit.segment(step: stream.info.step))
    }

    /// The time of a row of an evened stream.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - segment: The place of the segment that it is in.
    /// - Returns: Seconds by the clock of the recording.
    func time(ofRow row: Int, in segment: Int) -> Double {
        let segment = segments[segment]
        return segment.start + Double(row - segment.firstRow) * segment.step
    }

    /// The row nearest to a time, in any range. In a break it is the first row behind it.
    ///
    /// - Parameters:
    ///   - time: Seconds by the clock of the recording.
    ///   - count: The number of rows.
    /// - Returns: The row; below 0 or from `count` on outside the recording.
    func row(at time: Double, of count: Int) -> Int {
        guard isEven else { return time < origin ? -1 : rowsOfTimes[time] ?? count }
        var low = 0
        var high = byTime.count
        while low < high {
            let middle = (low + high) / 2
            if byTime[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        let segment = byTime[max(0, low - 1)]
        let steps = ((time - segment.start) / segment.step).rounded(.toNearestOrAwayFromZero)
        let limit = low >= byTime.count ? 1e15 : Double(segment.rowCount)
        return segment.firstRow + Int(max(-1e15, min(steps, limit)))
    }

    /// The line through the times of a segment, by least squares about its first sample.
    private struct Fit {
        private var firstRow = 0
        private var firstTime = 0.0
        private var count = 0
        private var sumOfTimes = 0.0
        private var sumOfProducts = 0.0

        @inline(__always)
        mutating func add(_ row: Int, _ time: Double) {
            if count == 0 { (firstRow, firstTime) = (row, time) }
            sumOfTimes += time - firstTime
            sumOfProducts += (time - firstTime) * Double(count)
            count += 1
        }

        func segment(step: Double) -> Segment {
            let number = Double(count)
            guard count > 1 else {
                return Segment(firstRow: firstRow, rowCount: count, start: firstTime, step: step)
            }
            // The sums of 0…n−1 and of their squares are known.
            let middle = (number - 1) / 2
            let spread = number * (number * number - 1) / 12
            let slope = (sumOfProducts - middle * sumOfTimes) / spread
            let start = firstTime + sumOfTimes / number - slope * middle
            return Segment(
                firstRow: firstRow, rowCount: count, start: start,
                step: slope > 0 && slope.isFinite ? slope : step)
        }
    }
}
