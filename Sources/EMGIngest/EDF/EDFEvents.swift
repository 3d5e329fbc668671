internal import EMGFormats
internal import EMGSignal

/// What annotations say: events that may be labels, and marks of what is bad.
///
/// Texts that begin with `BAD` mark samples as bad, as programs of the field have it; a channel
/// may be named behind `@@`. `BAD_ACQ_SKIP` up to the end of a segment marks samples that only fill
/// up its last record. `QualityAnnotation` has the texts that this package writes.
struct EDFEvents: Sendable, Hashable {
    /// A mark of bad samples.
    struct Mark: Sendable, Hashable {
        /// When it begins, in seconds since the start of the file.
        var start: Double
        /// How long it is, in seconds.
        var duration: Double
        /// What it says, without the channel.
        var text: String
        /// The label of the channel; `nil` for all.
        var channel: String?
    }

    /// What happened, times in seconds since the start of the file.
    private(set) var events: [LabelEvent] = []
    /// What is bad.
    private(set) var marks: [Mark] = []

    /// How many there are.
    var count: Int { events.count + marks.count }

    /// Takes one in.
    mutating func take(start: Double, duration: Double?, text: String) {
        guard !text.isEmpty else { return }
        let length = duration.flatMap { $0 > 0 ? $0 : nil }
        let name =
            text.split(separator: EDFText.channelMark, maxSplits: 1).first.map(String.init) ?? text
        guard QualityAnnotation.isOne(name) else {
            events.append(LabelEvent(start: start, duration: length, name: text))
            return
        }
        let parts = text.split(
            separator: EDFText.channelMark, maxSplits: 1, omittingEmptySubsequences: false)
        marks.append(
            Mark(
                start: start, duration: length ?? 0, text: String(parts[0]),
                channel: parts.count == 2 ? String(parts[1]) : nil))
    }

    /// Takes out the marks of samples that only fill up the last record of a segment, and says
    /// so in a time line.
    mutating func removeFills(to timeLine: inout EDFTimeLine, step: Double) {
        func isFill(_ mark: Mark) -> Bool {
            mark.text == QualityAnnotation.fill && mark.channel == nil
        }
        var fills: [(start: Double, end: Double)] = []
        for mark in marks where isFill(mark) {
            fills.append((mark.start, mark.start + mark.duration))
        }
        var taken = timeLine.take(fills: fills, step: step)[...]
        marks.removeAll { isFill($0) && taken.popFirst() == true }
    }

    /// Takes out the marks of gaps: where samples fill them, and where the samples on both sides
    /// follow each other.
    ///
    /// - Returns: The gaps in seconds since the start of the file, in order; one that nothing fills
    ///   ends where it begins.
    mutating func removeGaps() -> [(start: Double, end: Double)] {
        func gap(_ mark: Mark) -> (start: Double, end: Double)? {
            guard mark.channel == nil else { return nil }
            if mark.text == QualityAnnotation.filledGap, mark.duration > 0 {
                return (mark.start, mark.start + mark.duration)
            }
            return mark.text == QualityAnnotation.gap && mark.duration == 0
                ? (mark.start, mark.start) : nil
        }
        let gaps = marks.compactMap(gap)
        marks.removeAll { gap($0) != nil }
        return gaps.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }

    /// The marks over rows, with the channel found by its name; marks without a length, or of
    /// channels that are not there, are left out.
    func intervals(
        over rows: EDFRows, origin: Double, labels: [String]
    ) -> [(text: String, range: SampleRange, channel: Int?)] {
        var channels: [String: Int] = [:]
        for (index, label) in labels.enumerated() where channels[label] == nil {
            channels[label] = index
        }
        return marks.compactMap { mark in
            var channel: Int?
            if let name = mark.channel {
                guard let index = channels[name] else { return nil }
                channel = index
            }
            let start = max(0, min(rows.count, rows.row(at: mark.start - origin)))
            let end = min(rows.count, rows.row(at: mark.start + mark.duration - origin))
            guard start < end else { return nil }
            return (mark.text, SampleRange(start: start, end: end), channel)
        }
    }
}
