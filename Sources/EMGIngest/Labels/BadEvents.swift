internal import EMGSignal
import PrintableText

/// The events that mark samples as bad: those whose names begin with `BAD`, in letters of either
/// case, as MNE, EEGLAB's BIDS export and others of the field have it.
///
/// A mark with a duration covers so much. Where no other event has one either, a mark lasts until
/// the next event begins, as labels do; otherwise a mark without a duration marks nothing.
struct BadEvents {
    /// The samples that are marked, in the order of the events.
    private(set) var intervals: [QualityInterval] = []
    /// The events that are labels; a mark that lasts until the next event ends the label before.
    private(set) var others: [LabelEvent] = []
    /// What is to be reported them.
    private(set) var warnings: [IngestWarning] = []

    /// - Parameters:
    ///   - events: Events in any order.
    ///   - sampleCount: The number of samples.
    ///   - sampleAt: The sample nearest to a time in seconds, in any range.
    ///   - location: Where the events come from, for warnings.
    init(
        among events: [LabelEvent], sampleCount: Int, sampleAt: (Double) -> Int,
        at location: SourceLocation
    ) {
        let marks = events.filter { QualityAnnotation.isBad($0.name) }
        others = events.filter { !QualityAnnotation.isBad($0.name) }
        guard let first = marks.first else { return }
        let lastUntilNext = !others.isEmpty && others.allSatisfy { $0.duration == nil }
        let starts = events.map(\.start).sorted()
        var pointless: [LabelEvent] = []
        for mark in marks {
            var end = mark.duration.map { mark.start + $0 }
            if end == nil, lastUntilNext {
                end = starts.first { $0 > mark.start } ?? .infinity
                others.append(
                    LabelEvent(
                        start: mark.start, duration: nil, name: LabelTrack.unlabeledName))
            }
            guard let end else {
                pointless.append(mark)
                continue
            }
            let start = max(0, min(sampleCount, sampleAt(mark.start)))
            let stop = end.isFinite ? min(sampleCount, sampleAt(end)) : sampleCount
            guard start < stop else { continue }
            intervals.append(
                QualityInterval(
                    range: SampleRange(start: start, end: stop), channel: nil, kind: .markedBad))
        }
        if !intervals.isEmpty {
            warnings.append(
                IngestWarning(
                    .markedBad, at: location, count: intervals.count,
                    message:
                        "\(intervals.count, of: "event marks", plural: "events mark") samples "
                        + "as bad, first \"\(first.name)\" at \(first.start.brief) s"))
        }
        if let first = pointless.first {
            warnings.append(
                IngestWarning(
                    .events, at: location, count: pointless.count,
                    message:
                        "\(pointless.count, of: "event") marking "
                        + "samples as bad \(pointless.count == 1 ? "has" : "have") no duration "
                        + "and \(pointless.count == 1 ? "marks" : "mark") nothing, first \"\(first.name)\" at \(first.start.brief) s"
                ))
        }
    }
}
