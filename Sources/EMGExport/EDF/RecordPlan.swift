internal import EMGFormats
internal import EMGSignal
import PrintableText

/// Which rows go where in a file without breaks.
///
/// A gap whose length the time stamps tell is filled with samples, so that times in the file are
/// true ones; rows on both sides of a gap of unknown length follow each other. Readers that know
/// nothing of breaks, as MNE's, find each annotation at its samples that way.
struct RecordPlan {
    /// Rows without a gap.
    struct Segment: Sendable, Hashable {
        /// The rows of the recording.
        let rows: SampleRange
        /// The place of the first of them in the file.
        let firstSample: Int
        /// How many samples before it fill the gap; 0 when its length is not known.
        let lead: Int

        /// One past the place of the last row in the file.
        var end: Int { firstSample + rows.count }
    }

    /// The segments in the order of the file, at least one.
    private(set) var segments: [Segment]
    /// The length of the records.
    let length: RecordLength
    /// What is not as it was.
    private(set) var notes: [String] = []

    /// A sample at a lower rate is longer than eight characters can say.
    private static let slowestHertz = 1e-7

    /// The number of samples of the file, without those that fill up the last record.
    var sampleCount: Int { segments.last?.end ?? 0 }

    /// The number of records.
    var recordCount: Int { (sampleCount + length.samples - 1) / length.samples }

    /// How many samples fill up the last record.
    var fill: Int { RecordLength.fill(sampleCount, length.samples) }

    /// Lays out a recording.
    ///
    /// - Returns: `nil` when the header cannot hold the rate.
    init?(
        _ header: RecordingHeader, survey: SignalSurvey, gaps: [Int], format: EDFFormat
    ) {
        let hertz = header.samplingRate.hertz
        guard hertz >= Self.slowestHertz else { return nil }
        let (segments, filling) = Self.segments(of: header, survey: survey, gaps: gaps)
        let samples = segments.last?.end ?? 0
        guard
            let length = RecordLength.choose(
                hertz: hertz, bytesPerRow: header.channels.count * format.sampleBytes,
                rows: samples)
        else { return nil }
        self.segments = segments
        self.length = length
        notes = filling.notes(gapCount: gaps.count)
        let error = abs(length.hertz / hertz - 1)
        if error > RecordLength.sameRate {
            notes.append(
                "the rate is written as \(length.hertz) Hz in place of \(hertz) Hz: "
                    + "the header has eight characters for it")
        }
    }

    /// What becomes of the gaps.
    private struct Filling {
        /// Samples that fill gaps.
        var samples = 0
        /// Gaps whose length the time stamps do not say.
        var unknownGaps = 0
        /// Gaps that are longer than the recording.
        var longGaps = 0

        func notes(gapCount: Int) -> [String] {
            var notes: [String] = []
            if samples > 0 {
                notes.append(
                    "\(samples, of: "sample fills", plural: "samples fill") "
                        + "\(gapCount - unknownGaps - longGaps, of: "gap"); they repeat the last "
                        + "one before and are annotated as \(QualityAnnotation.filledGap)")
            }
            if unknownGaps > 0 {
                notes.append(
                    "the time stamps do not say how long "
                        + "\(unknownGaps, of: "gap is", plural: "gaps are"): the samples on both "
                        + "sides follow each other, under the annotation \(QualityAnnotation.gap)")
            }
            if longGaps > 0 {
                notes.append(
                    "\(longGaps, of: "gap is", plural: "gaps are") longer than the recording: the "
                        + "samples on both sides follow "
                        + "each other, under the annotation \(QualityAnnotation.gap)")
            }
            return notes
        }
    }

    private static func segments(
        of header: RecordingHeader, survey: SignalSurvey, gaps: [Int]
    ) -> ([Segment], Filling) {
        let hertz = header.samplingRate.hertz
        let borders = [0] + gaps + [header.sampleCount]
        var segments: [Segment] = []
        var filling = Filling()
        for (start, end) in zip(borders, borders.dropFirst()) {
            let place = segments.last?.end ?? 0
            var lead = 0
            if start > 0 {
                let stated = survey.times[start].flatMap { time in
                    survey.firstTime.map { time - $0 }
                }
                // A gap is a sample long at least; a clock that jumped tells nothing of it.
                if let stated, stated * hertz >= Double(place) + 0.5, stated < 1e10 {
                    lead = max(1, Int((stated * hertz).rounded()) - place)
                    // A file of more filling than samples is of no use to anybody.
                    if filling.samples + lead > header.sampleCount {
                        lead = 0
                        filling.longGaps += 1
                    }
                } else {
                    filling.unknownGaps += 1
                }
            }
            filling.samples += lead
            segments.append(
                Segment(
                    rows: SampleRange(start: start, end: end), firstSample: place + lead,
                    lead: lead))
        }
        return (segments, filling)
    }

    /// When a record begins, in seconds since the first sample.
    func onset(ofRecord record: Int) -> Double {
        Double(record) * HeaderNumber.value(length.duration)
    }

    /// When a sample of the file was taken, in seconds since the first one.
    func time(ofSample sample: Int) -> Double { Double(sample) / length.hertz }

    /// The record that holds a sample of the file.
    func record(ofSample sample: Int) -> Int { min(sample / length.samples, recordCount - 1) }

    /// Rows of one class without a gap in them.
    struct Piece: Sendable, Hashable {
        /// The place of the first one in the file.
        let firstSample: Int
        /// How many.
        let count: Int
    }

    /// Cuts rows where there are gaps.
    func pieces(of rows: SampleRange) -> [Piece] {
        segments[index(where: { $0.rows.end <= rows.start })...]
            .prefix { $0.rows.start < rows.end }.map { segment in
                let start = max(rows.start, segment.rows.start)
                let end = min(rows.end, segment.rows.end)
                return Piece(
                    firstSample: segment.firstSample + start - segment.rows.start,
                    count: end - start)
            }
    }

    /// What stands at a range of samples of the file: rows, or so many samples that fill a gap.
    enum Content: Sendable, Hashable {
        case rows(SampleRange)
        case filling(Int)
    }

    /// What stands at a range of samples of the file.
    func contents(of samples: SampleRange) -> [Content] {
        var result: [Content] = []
        for segment in segments[index(where: { $0.end <= samples.start })...] {
            let lead = max(samples.start, segment.firstSample - segment.lead)
            guard lead < samples.end else { break }
            let first = max(lead, segment.firstSample)
            if lead < min(first, samples.end) {
                result.append(.filling(min(first, samples.end) - lead))
            }
            let end = min(samples.end, segment.end)
            if first < end {
                let offset = segment.rows.start - segment.firstSample
                result.append(.rows(SampleRange(start: first + offset, end: end + offset)))
            }
        }
        return result
    }

    /// The first segment that is not before something, by bisection: they are in order.
    private func index(where isBefore: (Segment) -> Bool) -> Int {
        var low = 0
        var high = segments.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(segments[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
