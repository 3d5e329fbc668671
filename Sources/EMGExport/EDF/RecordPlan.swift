internal import EMGSignal

/// Which rows go into which record, and when each began.
struct RecordPlan {
    /// Rows without a gap.
    struct Stretch: Sendable, Hashable {
        let rows: SampleRange
        /// The first record.
        var firstRecord = 0
        /// The number of records.
        var recordCount = 0
        /// Seconds since the first sample.
        var onset = 0.0
    }

    /// The stretches, at least one.
    private(set) var stretches: [Stretch]
    /// The length of the records.
    let length: RecordLength
    /// What is not as it was.
    private(set) var remarks: [String] = []

    /// How long a gap is written whose length is not known, in seconds.
    private static let unknownGap = 1.0
    /// A sample at a lower rate is longer than eight characters can say.
    private static let slowestHertz = 1e-7

    /// The number of records.
    var recordCount: Int { stretches.reduce(0) { $0 + $1.recordCount } }

    /// Lays out a recording.
    ///
    /// - Returns: `nil` when the header cannot hold the rate.
    init?(
        _ header: RecordingHeader, survey: SignalSurvey, gaps: [Int], format: EDFFormat
    ) {
        guard header.samplingRate.hertz >= Self.slowestHertz else { return nil }
        let borders = [0] + gaps + [header.sampleCount]
        var stretches = zip(borders, borders.dropFirst()).map { start, end in
            Stretch(rows: SampleRange(start: start, end: end))
        }
        let hertz = header.samplingRate.hertz
        var unknown = 0
        for index in stretches.indices.dropFirst() {
            let before = stretches[index - 1]
            let end = before.onset + Double(before.rows.count) / hertz
            let row = stretches[index].rows.start
            let told = survey.times[row].flatMap { time in survey.firstTime.map { time - $0 } }
            // A gap is a sample long at least; a clock that jumped tells nothing of it.
            if let told, told >= end + 0.5 / hertz, told < 1e10 {
                stretches[index].onset = max(told, end + 1 / hertz)
            } else {
                stretches[index].onset = end + Self.unknownGap
                unknown += 1
            }
        }
        if unknown > 0 {
            remarks.append(
                "the time stamps do not tell how long \(unknown) gaps are: "
                    + "\(Self.unknownGap) s was written for each")
        }
        let rooms = stretches.indices.map { index -> (rows: Int, missing: Int?) in
            let stretch = stretches[index]
            guard index + 1 < stretches.count else { return (stretch.rows.count, nil) }
            let end = stretch.onset + Double(stretch.rows.count) / hertz
            let missing = (stretches[index + 1].onset - end) * hertz
            // One sample of the gap stays, so that it is still there when rounded.
            return (stretch.rows.count, max(0, Int(missing.rounded()) - 1))
        }
        let bytesPerRow = header.channels.count * format.sampleBytes
        guard
            let length = RecordLength.choose(
                hertz: hertz, bytesPerRow: bytesPerRow, stretches: rooms)
        else { return nil }
        var record = 0
        for index in stretches.indices {
            let rows = stretches[index].rows.count
            stretches[index].firstRecord = record
            stretches[index].recordCount = (rows + length.samples - 1) / length.samples
            record += stretches[index].recordCount
        }
        self.stretches = stretches
        self.length = length
        let error = abs(length.hertz / hertz - 1)
        if error > RecordLength.sameRate {
            remarks.append(
                "the rate is written as \(length.hertz) Hz in place of \(hertz) Hz: "
                    + "the header has eight characters for it")
        }
    }

    /// How many samples fill up the last record of a stretch.
    func fill(_ stretch: Stretch) -> Int {
        RecordLength.fill(stretch.rows.count, length.samples)
    }

    /// When a record began, in seconds since the first sample.
    func onset(ofRecord record: Int, in stretch: Stretch) -> Double {
        stretch.onset + Double(record - stretch.firstRecord) * HeaderNumber.value(length.duration)
    }

    /// When a row was taken, in seconds since the first sample.
    func time(ofRow row: Int, in stretch: Stretch) -> Double {
        stretch.onset + Double(row - stretch.rows.start) / length.hertz
    }

    /// Rows of one class without a gap in them.
    struct Piece: Sendable, Hashable {
        /// The rows.
        let rows: SampleRange
        /// The record of the first one.
        let record: Int
        /// When the first one was taken, in seconds since the first sample.
        let start: Double
        /// How long they are, in seconds.
        let duration: Double
    }

    /// Cuts rows where there are gaps.
    func pieces(of rows: SampleRange) -> [Piece] {
        // The stretches are in order: the first that reaches into the rows, by bisection.
        var low = 0
        var high = stretches.count
        while low < high {
            let middle = (low + high) / 2
            if stretches[middle].rows.end <= rows.start { low = middle + 1 } else { high = middle }
        }
        return stretches[low...].prefix { $0.rows.start < rows.end }.map { stretch in
            let start = max(rows.start, stretch.rows.start)
            let end = min(rows.end, stretch.rows.end)
            return Piece(
                rows: SampleRange(start: start, end: end),
                record: stretch.firstRecord + (start - stretch.rows.start) / length.samples,
                start: time(ofRow: start, in: stretch),
                duration: Double(end - start) / length.hertz)
        }
    }
}
