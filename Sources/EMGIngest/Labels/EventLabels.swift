package import EMGSignal
import PrintableText

/// Something that a source says happened at a time: an annotation, a trial, a cue.
package struct LabelEvent: Sendable, Hashable {
    /// When it began, in seconds from the first sample.
    package var start: Double
    /// How long it lasted, in seconds, above 0; `nil` when the source does not say.
    package var duration: Double?
    /// What happened.
    package var name: String

    /// Creates an event.
    package init(start: Double, duration: Double?, name: String) {
        self.start = start
        self.duration = duration
        self.name = name
    }
}

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
        // Sorting keeps the source's order of events that begin together: the later one counts.
        let used = (lasting ? events.filter { $0.duration != nil } : events).enumerated()
            .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
            .map(\.element)
        var spans: [(range: SampleRange, name: String)] = []
        var outside = 0
        var overlapping = 0
        for (index, event) in used.enumerated() {
            let end =
                event.duration.map { sampleAt(event.start + $0) }
                ?? (index + 1 < used.count ? sampleAt(used[index + 1].start) : sampleCount)
            let start = max(0, min(sampleCount, sampleAt(event.start)))
            let stop = max(start, min(sampleCount, end))
            guard start < stop else {
                outside += 1
                continue
            }
            // The one that began last counts: what it covers of those before is cut off.
            var tail: (range: SampleRange, name: String)?
            while let last = spans.last, last.range.end > start {
                overlapping += 1
                if last.range.end > stop, tail == nil {
                    tail = (SampleRange(start: stop, end: last.range.end), last.name)
                }
                spans.removeLast()
                if last.range.start < start {
                    spans.append((SampleRange(start: last.range.start, end: start), last.name))
                }
            }
            spans.append((SampleRange(start: start, end: stop), event.name))
            if let tail { spans.append(tail) }
        }
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
        guard !spans.isEmpty else { return (nil, warnings) }
        var covered: [(range: SampleRange, name: String)] = []
        var position = 0
        for span in spans {
            if span.range.start > position {
                covered.append(
                    (SampleRange(start: position, end: span.range.start), LabelTrack.unlabeledName))
            }
            covered.append(span)
            position = span.range.end
        }
        if position < sampleCount {
            covered.append(
                (SampleRange(start: position, end: sampleCount), LabelTrack.unlabeledName))
        }
        var classes = ClassCollector()
        var runs: [LabelTrack.Run] = []
        for (range, name) in covered {
            guard let number = classes.number(of: name) else {
                warnings.append(
                    IngestWarning(
                        .events, at: location,
                        message: "the events have more than 256 different names: "
                            + "they are no labels"))
                return (nil, warnings)
            }
            runs.append(LabelTrack.Run(label: number, range: range))
        }
        let (classNames, map) = classes.settled()
        return (
            EventLabels(
                classNames: classNames,
                runs: runs.map { LabelTrack.Run(label: map[Int($0.label)], range: $0.range) }),
            warnings
        )
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
