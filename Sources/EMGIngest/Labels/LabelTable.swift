internal import CSV
internal import EMGFormats
package import Foundation
private import PrintableText

/// A table of events: when each began, how long it lasted, what it was. Comma, semicolon or tab between
/// columns; names of columns in the first line; `n/a` or nothing for what is not known.
package struct LabelTable: Sendable, Hashable {
    /// An event as the table has it, times in the units of their columns.
    private struct Row: Sendable, Hashable {
        let onset: Double
        /// How long it lasted, or when it ended, and where that stands.
        let extent: Double?
        let place: SourceLocation
        let name: String
    }

    /// What is left out, and where it stands first.
    private struct Omission {
        var count = 0
        var first: SourceLocation?

        mutating func add(_ place: SourceLocation) {
            count += 1
            first = first ?? place
        }

        func warning(_ lack: String) -> IngestWarning? {
            first.map {
                IngestWarning(
                    .events, at: $0, count: count,
                    message:
                        "\(count, of: "event has", plural: "events have") no \(lack) and "
                        + (count == 1 ? "was" : "were") + " left out")
            }
        }
    }

    /// The table's name in messages.
    package let file: String
    /// What could not be used.
    package let warnings: [IngestWarning]
    private let rows: [Row]
    private let columns: LabelTableLayout.Found

    /// The largest table that is read, in bytes.
    package static let byteLimit = 32 << 20

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - layout: Which columns mean what.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    package init(
        contentsOf url: URL, layout: LabelTableLayout = LabelTableLayout()
    ) throws(IngestError) {
        let source = try PositionedFile(url)
        guard source.byteCount <= Self.byteLimit else {
            throw IngestError(
                .unsupported(feature: "a table of \(source.byteCount, of: "byte")"),
                at: SourceLocation(file: url.relativePath))
        }
        try self.init(
            try source.bytes(at: 0, count: source.byteCount), file: url.relativePath,
            layout: layout)
    }

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - file: Its name in messages.
    ///   - layout: Which columns mean what.
    ///   - firstLine: The line of the file with which the text begins.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    package init(
        _ bytes: [UInt8], file: String, layout: LabelTableLayout = LabelTableLayout(),
        firstLine: Int = 1
    ) throws(IngestError) {
        let text = try LabelTableText(bytes, file: file, firstLine: firstLine)
        let columns = try layout.found(
            in: text.names, at: SourceLocation(file: file, line: text.headLine))
        var rows: [Row] = []
        var (timeless, nameless) = (Omission(), Omission())
        for row in text.rows {
            guard let onset = try row[columns.onset.index].number(expected: "a time") else {
                timeless.add(row[columns.onset.index].location)
                continue
            }
            guard let name = row[columns.label].text else {
                nameless.add(row[columns.label].location)
                continue
            }
            let extent = (columns.duration ?? columns.end).map { row[$0.index] }
            let value = try extent?.number(expected: "a time or n/a")
            if columns.duration != nil, let value, value < 0 {
                throw Self.backwards(
                    extent?.text ?? "", at: (extent ?? row[columns.onset.index]).location)
            }
            rows.append(
                Row(
                    onset: onset, extent: value,
                    place: (extent ?? row[columns.onset.index]).location, name: name))
        }
        self.file = file
        self.rows = rows
        self.columns = columns
        warnings =
            text.warnings
            + [timeless.warning("onset"), nameless.warning("label")].compactMap(\.self)
    }

    private static func backwards(_ found: String, at place: SourceLocation) -> IngestError {
        IngestError(
            .invalidCell(expected: "a time that is not before the event", found: found),
            at: place, hint: "an event does not end before it begins")
    }

    /// The events in seconds from the first sample.
    ///
    /// - Parameters:
    ///   - rate: Samples a second.
    ///   - seconds: The length of the recording.
    /// - Returns: The events in the order of the table.
    /// - Throws: ``IngestError`` for an event that ends before it begins, or when most of them begin
    ///   behind the end of the recording.
    package func events(rate: Double, seconds: Double) throws(IngestError) -> [LabelEvent] {
        let events = try events(rate: rate)
        let late = events.indices.filter { events[$0].start >= seconds }
        if let first = late.first, 2 * late.count > events.count {
            throw IngestError(
                .inconsistent(
                    expected: "events within the \(seconds.brief) s of the recording",
                    found: "\(late.count) of \(events.count) behind its end, the first at "
                        + "\(events[first].start.brief) s"),
                at: rows[first].place,
                hint: columns.onset.unit == .seconds
                    ? "are the times in milliseconds or samples (--unit ms, --unit samples)? "
                        + "Is this the table of another recording?"
                    : "is this the table of another recording?")
        }
        return events
    }

    /// The events in seconds, wherever they lie.
    ///
    /// - Parameter rate: Samples a second; 1 for times in samples.
    /// - Returns: The events in the order of the table.
    /// - Throws: ``IngestError`` for an event that ends before it begins.
    func events(rate: Double) throws(IngestError) -> [LabelEvent] {
        func length(_ unit: LabelTableLayout.TimeUnit) -> Double {
            switch unit {
            case .seconds: 1
            case .milliseconds: 1_000
            case .samples: rate
            }
        }
        var events: [LabelEvent] = []
        for row in rows {
            let start = row.onset / length(columns.onset.unit)
            var duration = columns.duration.flatMap { column in
                row.extent.map { $0 / length(column.unit) }
            }
            if let column = columns.end, let end = row.extent {
                duration = end / length(column.unit) - start
            }
            if let duration, duration < 0 {
                throw Self.backwards(row.extent.map(\.brief) ?? "", at: row.place)
            }
            if duration == 0 { duration = nil }
            events.append(LabelEvent(start: start, duration: duration, name: row.name))
        }
        return events
    }

    /// How many events there are.
    package var count: Int { rows.count }

    /// Whether events begin at numbers of samples, whatever the clock says of these.
    package var countsSamples: Bool { columns.onset.unit == .samples }
}
