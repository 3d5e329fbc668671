internal import EMGSignal

/// What annotations say: events that may be labels, and marks of what is bad.
///
/// Texts that begin with `BAD` mark samples as bad, as programs of the field have it; a channel
/// may be named behind `@@`. `BAD_ACQ_SKIP` up to the end of a stretch marks samples that only fill
/// up its last record.
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

    /// The text that marks samples which are none.
    static let fill = "BAD_ACQ_SKIP"

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
        guard BadEvents.isMark(text) else {
            events.append(LabelEvent(start: start, duration: length, name: text))
            return
        }
        let parts = text.split(separator: "@@", maxSplits: 1, omittingEmptySubsequences: false)
        marks.append(
            Mark(
                start: start, duration: length ?? 0, text: String(parts[0]),
                channel: parts.count == 2 ? String(parts[1]) : nil))
    }

    /// Takes out the marks of samples that only fill up the last record of a stretch, and says
    /// so in a time line.
    mutating func removeFills(to timeLine: inout EDFTimeLine, step: Double) {
        func isFill(_ mark: Mark) -> Bool { mark.text == Self.fill && mark.channel == nil }
        var fills: [(start: Double, end: Double)] = []
        for mark in marks where isFill(mark) {
            fills.append((mark.start, mark.start + mark.duration))
        }
        var taken = timeLine.take(fills: fills, step: step)[...]
        marks.removeAll { isFill($0) && taken.popFirst() == true }
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
