internal import EMGSignal
internal import Foundation

/// The labels of delimited rows, from a table of events in a file beside them.
///
/// Times count from the first row: by time stamps where there are some, else by the rows, with
/// those that a counter says are missing. The table is laid over ticks of that clock, and each row
/// is asked for by its tick, so that rows may come without end.
struct DelimitedEvents: Sendable {
    /// Ticks of time stamps in a second.
    private static let stampTicks = 1e6
    /// Later than any row.
    private static let never = 1 << 60

    private let table: StatedEvents
    private let events: [LabelEvent]
    private let ticksPerSecond: Double
    private let labels: EventLabels?
    /// The samples that events mark as bad, in ticks.
    private let bad: [QualityInterval]
    /// Where these begin and end, in the order of time.
    private let borders: [(tick: Int, mark: Int, isEnd: Bool)]
    private var nextBorder = 0
    private var firstBadRows: [Int?]
    private var endBadRows: [Int?]
    private var run = 0
    private var lastTick = 0
    private var firstStamp: Double?

    /// Reads the table.
    ///
    /// - Parameters:
    ///   - layout: Where it stands.
    ///   - text: The delimited text.
    ///   - lines: How that text is laid out.
    ///   - hertz: Samples a second; `nil` when time stamps are the clock.
    ///   - channels: The channels that marks of bad samples may name.
    ///   - template: What the names of events mean.
    /// - Returns: The labels; `nil` when there is no such table.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    static func read(
        _ layout: EventLayout, of text: URL, lines: DelimitedLayout, hertz: Double?,
        channels: [Channel], template: SourceTemplate
    ) throws(IngestError) -> DelimitedEvents? {
        guard
            let table = try StatedEvents.read(
                layout, of: text, lines: lines, ticks: hertz ?? stampTicks)
        else { return nil }
        return DelimitedEvents(table, hertz: hertz, channels: channels, template: template)
    }

    private init(
        _ table: StatedEvents, hertz: Double?, channels: [Channel], template: SourceTemplate
    ) {
        // Numbers of rows are counted in rows, whatever clock these have.
        let ticksPerSecond = table.countsRows ? 1 : hertz ?? Self.stampTicks
        if table.isOnClock { firstStamp = 0 }
        let stated = table.events
        // Marks without a duration may last until the next event.
        let unending = stated.marks.filter { $0.duration == 0 && $0.channel == nil }
        let lasting = stated.marks.filter { $0.duration > 0 && $0.channel == nil }
        let ticks = Self.ticks(ticksPerSecond)
        let ofChannels = stated.marks.compactMap { mark -> QualityInterval? in
            guard mark.duration > 0,
                let channel = channels.firstIndex(where: { $0.name == mark.channel })
            else { return nil }
            return QualityInterval(
                range: SampleRange(
                    start: ticks(mark.start), end: ticks(mark.start + mark.duration)),
                channel: channel, kind: .markedBad)
        }
        events =
            stated.events.map { event in
                LabelEvent(
                    start: event.start, duration: event.duration,
                    name: template.className(of: event.name))
            }
            + unending.map { LabelEvent(start: $0.start, duration: nil, name: $0.text) }
            + lasting.map { LabelEvent(start: $0.start, duration: $0.duration, name: $0.text) }
        self.table = table
        self.ticksPerSecond = ticksPerSecond
        let made = EventLabels.make(
            events, sampleCount: Self.never, sampleAt: ticks,
            at: SourceLocation(file: table.file))
        labels = made.labels
        let bad = made.bad + ofChannels
        self.bad = bad
        borders = bad.enumerated().flatMap { mark, interval in
            [(interval.range.start, mark, false), (interval.range.end, mark, true)]
        }.sorted { $0.0 < $1.0 }
        firstBadRows = Array(repeating: nil, count: bad.count)
        endBadRows = firstBadRows
    }

    /// Whether an event covers samples.
    var hasLabels: Bool { labels != nil }

    /// For the history.
    var details: [String: ProcessingStep.Value] {
        var details = table.details
        details["labels_from"] = .text(URL(filePath: table.file).lastPathComponent)
        return details
    }

    private static func ticks(_ perSecond: Double) -> (Double) -> Int {
        { Int(($0 * perSecond).rounded(.toNearestOrAwayFromZero)) }
    }

    /// Takes the next row.
    ///
    /// - Parameters:
    ///   - row: Its number.
    ///   - missing: How many rows a counter says are missing before it.
    ///   - stamp: Its time in seconds, where time stamps are the clock; one that goes back or says
    ///     nothing counts as the latest so far.
    /// - Returns: The name of its class.
    mutating func take(row: Int, missing: Int, stamp: Double?) -> String {
        let clock = table.countsRows ? nil : stamp
        lastTick = max(
            lastTick, clock.map { tick(of: $0) } ?? (table.countsRows ? row : row + missing))
        while nextBorder < borders.count, borders[nextBorder].tick <= lastTick {
            let border = borders[nextBorder]
            if border.isEnd {
                endBadRows[border.mark] = row
            } else {
                firstBadRows[border.mark] = row
            }
            nextBorder += 1
        }
        guard let labels else { return LabelTrack.unlabeledName }
        while labels.runs[run].range.end <= lastTick, run + 1 < labels.runs.count { run += 1 }
        return labels.classNames[Int(labels.runs[run].label)]
    }

    private mutating func tick(of stamp: Double) -> Int {
        let first = firstStamp ?? stamp
        firstStamp = first
        let seconds = stamp - first
        guard seconds.isFinite, abs(seconds) < 1e12 else { return lastTick }
        return Self.ticks(ticksPerSecond)(seconds)
    }

    /// What is known when every row has come.
    ///
    /// - Parameter rowCount: The number of rows.
    /// - Returns: The rows that events mark as bad, and what could not be used as it is.
    func finish(rowCount: Int) -> (bad: [QualityInterval], warnings: [IngestWarning]) {
        let marked = bad.indices.compactMap { mark -> QualityInterval? in
            guard let first = firstBadRows[mark], first < endBadRows[mark] ?? rowCount else {
                return nil
            }
            return QualityInterval(
                range: SampleRange(start: first, end: endBadRows[mark] ?? rowCount),
                channel: bad[mark].channel, kind: bad[mark].kind)
        }
        let (_, _, warnings) = EventLabels.make(
            events, sampleCount: rowCount == 0 ? 0 : lastTick + 1,
            sampleAt: Self.ticks(ticksPerSecond), at: SourceLocation(file: table.file))
        return (marked, table.warnings + warnings)
    }
}
