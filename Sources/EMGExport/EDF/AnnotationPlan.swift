internal import EMGFormats
internal import EMGSignal

/// The annotations of a file and the records they go into: each into the one in which it begins,
/// or the next one with room.
struct AnnotationPlan {
    private struct Annotation {
        let record: Int
        let bytes: [UInt8]
    }

    /// The bytes for annotations in a record, a whole number of samples.
    let recordBytes: Int

    private let annotations: [Annotation]
    private var next = 0

    /// Records have at least so many bytes, if a single annotation is not longer.
    private static let usualBytes = 64

    /// Collects what is annotated: labels, quality problems of samples, gaps, and samples that
    /// only fill up.
    init(
        _ plan: RecordPlan, header: RecordingHeader, survey: SignalSurvey, labels: [String],
        classNames: [String], format: EDFFormat
    ) {
        var annotations: [Annotation] = []
        func annotate(sample: Int, count: Int, _ text: String) {
            annotations.append(
                Annotation(
                    record: plan.record(ofSample: sample),
                    bytes: Self.bytes(
                        plan.time(ofSample: sample),
                        count > 0 ? Double(count) / plan.length.hertz : nil, text)))
        }
        func annotate(_ rows: SampleRange, _ text: String) {
            // What crosses a gap is one annotation on each side of it.
            for piece in plan.pieces(of: rows) {
                annotate(sample: piece.firstSample, count: piece.count, text)
            }
        }
        for run in survey.runs where Int(run.label) < classNames.count {
            let name = classNames[Int(run.label)]
            if !name.isEmpty { annotate(run.range, name) }
        }
        for mark in QualityMark.all(of: header, survey: survey, labels: labels) {
            annotate(mark.rows, mark.text)
        }
        for segment in plan.segments.dropFirst() {
            annotate(
                sample: segment.firstSample - segment.lead, count: segment.lead,
                segment.lead > 0 ? QualityAnnotation.filledGap : QualityAnnotation.gap)
        }
        if plan.fill > 0 {
            annotate(sample: plan.sampleCount, count: plan.fill, QualityAnnotation.fill)
        }
        let order = annotations.indices.sorted {
            (annotations[$0].record, $0) < (annotations[$1].record, $1)
        }
        annotations = order.map { annotations[$0] }
        self.annotations = annotations
        recordBytes = Self.room(
            annotations, recordCount: plan.recordCount, timeBytes: Self.timeBytes(plan),
            format: format)
    }

    /// The bytes of the next record: its time, and annotations as they fit.
    mutating func bytes(ofRecord record: Int, onset: Double) -> [UInt8] {
        var bytes = Self.timeList(onset)
        while next < annotations.count, annotations[next].record <= record,
            bytes.count + annotations[next].bytes.count <= recordBytes
        {
            bytes += annotations[next].bytes
            next += 1
        }
        return bytes + [UInt8](repeating: 0, count: recordBytes - bytes.count)
    }

    private static func timeList(_ onset: Double) -> [UInt8] {
        Array("+\(HeaderNumber.seconds(onset))".utf8) + [EDFText.textEnd, EDFText.textEnd, 0]
    }

    private static func bytes(_ onset: Double, _ duration: Double?, _ text: String) -> [UInt8] {
        var bytes = Array("+\(HeaderNumber.seconds(onset))".utf8)
        if let duration {
            bytes += [EDFText.durationMark] + Array(HeaderNumber.seconds(duration).utf8)
        }
        bytes += [EDFText.textEnd] + Array(HeaderText.annotation(text).utf8)
        return bytes + [EDFText.textEnd, 0]
    }

    /// The most bytes that the time of a record takes.
    private static func timeBytes(_ plan: RecordPlan) -> Int {
        let whole = String(Int(plan.onset(ofRecord: plan.recordCount))).utf8.count
        // The sign, a point and seven decimals, and what ends the time and its empty text.
        return whole + 9 + 3
    }

    /// The least room with which all annotations find a record.
    private static func room(
        _ annotations: [Annotation], recordCount: Int, timeBytes: Int, format: EDFFormat
    ) -> Int {
        let longest = annotations.map(\.bytes.count).max() ?? 0
        var room = max(usualBytes, timeBytes + longest)
        while !fits(annotations, room - timeBytes, recordCount: recordCount) { room += room / 2 }
        let width = format.sampleBytes
        return (room + width - 1) / width * width
    }

    private static func fits(
        _ annotations: [Annotation], _ room: Int, recordCount: Int
    ) -> Bool {
        var record = 0
        var used = 0
        for annotation in annotations {
            if annotation.record > record {
                record = annotation.record
                used = 0
            }
            if used + annotation.bytes.count > room {
                record += 1
                used = 0
            }
            guard record < recordCount else { return false }
            used += annotation.bytes.count
        }
        return true
    }
}
