package import EMGSignal
import PrintableText

/// The class of every sample, from events.
///
/// An event covers the samples from the one nearest to its start to the one nearest to its end,
/// exclusively. Events that begin with `BAD` are no labels (``BadEvents``). When no event says how
/// long it lasted, each lasts until the next one begins; when some do, the others are marks in time
/// and no labels. Where events overlap, the one that began last counts. Samples that no event covers are of the class `unlabeled`, which is there only
/// when there are such samples. Classes are in the natural order of their names.
package struct EventLabels: Sendable, Hashable {
    /// The classes.
    package let classNames: [String]
    /// The segments of one class, in order; together they are the whole recording.
    package let runs: [LabelTrack.Run]

    /// Lays events over samples.
    ///
    /// - Parameters:
    ///   - events: Events in any order, their times finite; those outside the recording are cut
    ///     or left out.
    ///   - sampleCount: The number of samples.
    ///   - sampleAt: The sample nearest to a time in seconds, in any range.
    ///   - location: Where the events come from, for warnings.
    /// - Returns: The labels, `nil` when no event covers a sample or there are more than 256
    ///   classes; the samples that events mark as bad; and what could not be used as it is.
    package static func make(
        _ events: [LabelEvent], sampleCount: Int, sampleAt: (Double) -> Int,
        at location: SourceLocation
    ) -> (labels: EventLabels?, bad: [QualityInterval], warnings: [IngestWarning]) {
        let marks = BadEvents(
            among: events, sampleCount: sampleCount, sampleAt: sampleAt, at: location)
        let (labels, warnings) = labels(
            of: marks.others, sampleCount: sampleCount, sampleAt: sampleAt, at: location)
        return (labels, marks.intervals, marks.warnings + warnings)
    }

    private static func labels(
        of events: [LabelEvent], sampleCount: Int, sampleAt: (Double) -> Int,
        at location: SourceLocation
    ) -> (labels: EventLabels?, warnings: [IngestWarning]) {
        var warnings: [IngestWarning] = []
        let lasting = events.contains { $0.duration != nil }
        let marks = lasting ? events.filter { $0.duration == nil } : []
        if let first = marks.first {
            warnings.append(
                IngestWarning(
                    .events, at: location, count: marks.count,
                    message:
                        "\(marks.count) of \(events.count, of: "event") "
                        + "\(marks.count == 1 ? "has no duration and is" : "have no duration and are") "
                        + "no labels, first \"\(first.name)\" at \(first.start.brief) s"))
        }
        let used = lasting ? events.filter { $0.duration != nil } : events
        let spans = Spans(of: used, sampleCount: sampleCount, sampleAt: sampleAt)
        warnings += spans.warnings(at: location)
        guard !spans.spans.isEmpty else { return (nil, warnings) }
        guard let labels = EventLabels(covering: spans.filled(to: sampleCount)) else {
            warnings.append(
                IngestWarning(
                    .events, at: location,
                    message: "the events have more than 256 different names: "
                        + "they are no labels"))
            return (nil, warnings)
        }
        return (labels, warnings)
    }

    /// Segments of one name, in order and without overlap; `nil` for more than 256 names.
    private init?(covering spans: [Spans.Span]) {
        var classes = ClassCollector()
        var runs: [LabelTrack.Run] = []
        for (range, name) in spans {
            guard let number = classes.number(of: name) else { return nil }
            runs.append(LabelTrack.Run(label: number, range: range))
        }
        let (classNames, map) = classes.settled()
        self.classNames = classNames
        self.runs = runs.map { LabelTrack.Run(label: map[Int($0.label)], range: $0.range) }
    }

    /// The samples of events, of which the one that began last counts.
    private struct Spans {
        typealias Span = (range: SampleRange, name: String)

        private(set) var spans: [Span] = []
        private var outside = 0
        private var overlapping = 0

        init(of events: [LabelEvent], sampleCount: Int, sampleAt: (Double) -> Int) {
            // Sorting keeps the source's order of events that begin together: the later one counts.
            let sorted = events.enumerated()
                .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
                .map(\.element)
            for (index, event) in sorted.enumerated() {
                let end =
                    event.duration.map { sampleAt(event.start + $0) }
                    ?? (index + 1 < sorted.count ? sampleAt(sorted[index + 1].start) : sampleCount)
                let start = max(0, min(sampleCount, sampleAt(event.start)))
                let stop = max(start, min(sampleCount, end))
                if start < stop {
                    add(SampleRange(start: start, end: stop), event.name)
                } else {
                    outside += 1
                }
            }
        }

        private mutating func add(_ range: SampleRange, _ name: String) {
            // The one that began last counts: what it covers of those before is cut off.
            var tail: Span?
            while let last = spans.last, last.range.end > range.start {
                overlapping += 1
                if last.range.end > range.end, tail == nil {
                    tail = (SampleRange(start: range.end, end: last.range.end), last.name)
                }
                spans.removeLast()
                if last.range.start < range.start {
                    spans.append(
                        (SampleRange(start: last.range.start, end: range.start), last.name))
                }
            }
            spans.append((range, name))
            if let tail { spans.append(tail) }
        }

        func warnings(at location: SourceLocation) -> [IngestWarning] {
            var warnings: [IngestWarning] = []
            if outside > 0 {
                warnings.append(
                    IngestWarning(
                        .events, at: location, count: outside,
                        message:
                            "\(outside, of: "event lies", plural: "events lie") outside the "
                            + "recording or between two samples"
                    ))
            }
            if overlapping > 0 {
                warnings.append(
                    IngestWarning(
                        .events, at: location, count: overlapping,
                        message:
                            "\(overlapping, of: "event overlaps", plural: "events overlap") the "
                            + "one before: the one that began last counts"))
            }
            return warnings
        }

        /// The spans with what is unlabeled before, between and behind them.
        func filled(to sampleCount: Int) -> [Span] {
            var covered: [Span] = []
            var position = 0
            for span in spans {
                if span.range.start > position {
                    covered.append(
                        (
                            SampleRange(start: position, end: span.range.start),
                            LabelTrack.unlabeledName
                        ))
                }
                covered.append(span)
                position = span.range.end
            }
            if position < sampleCount {
                covered.append(
                    (SampleRange(start: position, end: sampleCount), LabelTrack.unlabeledName))
            }
            return covered
        }
    }

    /// Appends the labels of a range of samples.
    package func append(_ range: SampleRange, to labels: inout [UInt8]) {
        // The first run that reaches into the range, by bisection.
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].range.end <= range.start { low = middle + 1 } else { high = middle }
        }
        for run in runs[low...] {
            let start = max(run.range.start, range.start)
            let end = min(run.range.end, range.end)
            guard start < end else { break }
            labels.append(contentsOf: repeatElement(run.label, count: end - start))
        }
    }
}
