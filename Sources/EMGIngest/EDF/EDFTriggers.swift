private import EMGSignal
import PrintableText

/// The events of a channel of triggers.
struct EDFTriggers: Sendable, Hashable {
    /// First words of labels of such channels, and the labels of their devices.
    private static let usual: Set<String> = [
        "status", "trigger", "triggers", "trig", "stim", "sti", "event", "events", "marker",
        "markers", "din",
    ]
    /// More codes are none: it is a signal.
    private static let mostCodes = 256
    private static let mostRuns = 500_000

    /// The channel.
    let signal: EDFSignal
    /// What happened, in seconds since the first sample.
    private(set) var events: [LabelEvent] = []
    /// What is to be said about it.
    private(set) var warnings: [IngestWarning] = []

    /// The channel that is meant, or that is the first with a usual name.
    ///
    /// - Throws: ``IngestError`` when there is none of the name that is meant.
    static func signal(
        of contents: EDFContents, named name: String?
    ) throws(IngestError) -> EDFSignal? {
        let ordinary = contents.header.ordinary
        guard let name else {
            return ordinary.first { signal in
                // Faults of signals that nobody asked for do not matter.
                guard case .success = signal.calibration else { return false }
                let label = signal.label.lowercased().drop { !$0.isLetter }
                return usual.contains(String(label.prefix { $0.isLetter }))
            }
        }
        let found =
            ordinary.first { $0.label == name }
            ?? ordinary.first { $0.label.lowercased() == name.lowercased() }
        guard let found else {
            throw IngestError(
                .missingColumn(name: name, found: ordinary.map(\.label)),
                at: SourceLocation(file: contents.file),
                hint: "correct \"channel\" in the template, or leave it out")
        }
        return found
    }

    /// Reads the channel.
    ///
    /// - Parameters:
    ///   - signal: The channel.
    ///   - source: The file; read from front to back.
    ///   - contents: What is known of it.
    ///   - layout: How codes are read.
    ///   - isAsked: Whether the caller wants the channel: one without codes is refused then.
    ///   - name: The class that a code means.
    /// - Throws: ``IngestError`` when the file cannot be read, or the channel that is asked for
    ///   has no codes.
    init(
        _ signal: EDFSignal, in source: PositionedFile, of contents: EDFContents,
        layout: EDFLayout.Triggers, isAsked: Bool, name: (Int) -> String
    ) throws(IngestError) {
        self.signal = signal
        let place = SourceLocation(file: contents.file, object: signal.title)
        let part = EDFPart(name: signal.label, signals: [signal])
        let rows = EDFRows(contents.scan.timeLine, rowsPerRecord: part.rowsPerRecord)
        let found = try Self.runs(
            source, contents, part: part, rows: rows, layout: layout, isAsked: isAsked)
        guard let found, Set(found.runs.map(\.code)).count <= Self.mostCodes else {
            guard !isAsked else {
                throw IngestError(
                    .inconsistent(
                        expected: "a channel of at most \(Self.mostCodes) codes",
                        found: "one that changes like a signal"),
                    at: place, hint: "name another channel, or fewer bits (mask), in the template")
            }
            warnings = [
                IngestWarning(
                    .events, at: place,
                    message: "it has no codes but changes like a signal: it is no labels")
            ]
            return
        }
        let origin = contents.scan.timeLine.onset
        func time(_ row: Int) -> Double { rows.time(ofRow: row) - origin }
        var lower = 0
        for (index, run) in found.runs.enumerated() {
            switch layout.extent {
            case .whileHeld:
                let next = index + 1 < found.runs.count ? found.runs[index + 1].start : rows.count
                guard run.code != 0, next > run.start else { continue }
                events.append(
                    LabelEvent(
                        start: time(run.start),
                        duration: time(next - 1) + 1 / rows.hertz - time(run.start),
                        name: name(run.code)))
            case .untilNext:
                // What the recording begins with did not come.
                guard index > 0, run.code > 0 else { continue }
                guard run.code > found.runs[index - 1].code else {
                    lower += 1
                    continue
                }
                events.append(
                    LabelEvent(start: time(run.start), duration: nil, name: name(run.code)))
            }
        }
        if lower > 0 {
            warnings.append(
                IngestWarning(
                    .events, at: place, count: lower,
                    message: "\(lower, of: "change") to a lower code without 0 between "
                        + "\(lower == 1 ? "is no event" : "are no events"); where codes are held, "
                        + "\"lasts: while-held\" in a template takes them"))
        }
        if found.shortCount > 0 {
            warnings.append(
                IngestWarning(
                    .events, at: place, count: found.shortCount,
                    message: "\(found.shortCount, of: "code") that last less than "
                        + "\(layout.shortest, of: "sample") were left out"))
        }
    }

    /// What is said when nobody asked for the channel.
    func notice(in file: String) -> IngestWarning? {
        guard !events.isEmpty else { return nil }
        let names = Set(events.map(\.name)).sorted { NaturalOrder.precedes($0, $1) }
        return IngestWarning(
            .assumption, at: SourceLocation(file: file, object: signal.title), count: events.count,
            message: "labels are its codes (\(names.prefix(12).joined(separator: ", "))"
                + "\(names.count > 12 ? ", …" : "")), each until the next one; a template with "
                + "\"edf: {triggers: {}}\" and \"classes\" names them")
    }

    /// The runs of codes; `nil` when values are no codes and nobody asked for them.
    private static func runs(
        _ source: PositionedFile, _ contents: EDFContents, part: EDFPart, rows: EDFRows,
        layout: EDFLayout.Triggers, isAsked: Bool
    ) throws(IngestError) -> EDFTriggerRuns? {
        var block = EDFRecordBlock(
            source, header: contents.header, extent: contents.extent, part: part,
            calibrations: [try part.signals[0].calibration.get()], isDigesting: false)
        var runs = EDFTriggerRuns(shortest: layout.shortest)
        var values: [Float] = []
        var row = 0
        for segment in rows.segments {
            while row < segment.endRow {
                let inside = segment.skippedRows + row - segment.firstRow
                let start = inside % rows.rowsPerRecord
                try block.load(
                    record: segment.firstRecord + inside / rows.rowsPerRecord, from: start,
                    to: min(rows.rowsPerRecord, start + segment.endRow - row))
                let count = block.rowsLeft
                values.removeAll(keepingCapacity: true)
                block.take(count, into: &values)
                for value in values {
                    // Numbers of 24 bits are exact in single precision.
                    let whole = value.rounded()
                    guard abs(whole - value) < 0.01 || isAsked, abs(whole) < 1e9 else { return nil }
                    runs.add(Int(whole) & layout.mask, at: row)
                    row += 1
                }
                guard runs.runs.count <= mostRuns else { return nil }
            }
        }
        runs.close()
        return runs
    }
}
