internal import EMGSignal
internal import Foundation

/// The events of a table, whatever its form.
struct StatedEvents: Sendable {
    /// What happened, and what is marked as bad.
    private(set) var events = EDFEvents()
    /// What could not be used.
    let warnings: [IngestWarning]
    /// The table's name in messages.
    let file: String
    /// The table for a recording's history.
    let details: [String: ProcessingStep.Value]
    /// Whether times are numbers of rows, whatever the clock says of these.
    let countsRows: Bool
    /// Whether times are those of the column of times.
    let isOnClock: Bool

    /// Reads the table that a layout names.
    ///
    /// - Parameters:
    ///   - layout: Where it stands.
    ///   - text: The delimited text.
    ///   - lines: How that text is laid out.
    ///   - ticks: Ticks of the rows' clock in a second, for tables of BIDS that have samples.
    /// - Returns: The events; `nil` when there is no such table.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    static func read(
        _ layout: EventLayout, of text: URL, lines: DelimitedLayout, ticks: Double
    ) throws(IngestError) -> StatedEvents? {
        if layout.isBIDS {
            return try layout.url(beside: text).map { url throws(IngestError) in
                StatedEvents(try BIDSEvents(url, hertz: ticks))
            }
        }
        if let url = layout.url(beside: text) {
            return try StatedEvents(
                LabelTable(contentsOf: url, layout: layout.table), isOnClock: layout.isOnClock)
        }
        guard layout.file == nil, let section = try section(layout, of: text, lines: lines) else {
            return nil
        }
        return try StatedEvents(
            LabelTable(
                section.bytes, file: text.relativePath, layout: layout.table,
                firstLine: section.line), isOnClock: layout.isOnClock)
    }

    private init(_ table: BIDSEvents) {
        events = table.stated
        (warnings, file, details) = (table.warnings, table.file, table.details)
        (countsRows, isOnClock) = (false, false)
    }

    private init(_ table: LabelTable, isOnClock: Bool) throws(IngestError) {
        let stated = try table.events(rate: 1)
        for event in stated {
            events.take(start: event.start, duration: event.duration, text: event.name)
        }
        (warnings, file, countsRows) = (table.warnings, table.file, table.countsSamples)
        details = EventTable(stated).details
        self.isOnClock = isOnClock
    }

    /// The lines of a table within a text, up to a blank one.
    private static func section(
        _ layout: EventLayout, of text: URL, lines: DelimitedLayout
    ) throws(IngestError) -> (bytes: [UInt8], line: Int)? {
        var plain = DelimitedLayout()
        plain.encoding = lines.encoding
        plain.startsAt = layout.startsAt
        var table = try DelimitedTable.open(text, layout: plain)
        var isThere = false
        while !isThere, try table.advance() { isThere = plain.startsTable(table) }
        guard isThere else { return nil }
        let first = table.number
        var bytes = Array(table.lineBytes) + [0x0A]
        while try table.advance(), !table.isBlank {
            bytes += table.lineBytes
            bytes.append(0x0A)
            guard bytes.count <= LabelTable.byteLimit else {
                throw IngestError(
                    .unsupported(feature: "a table of events of more than 32 MB"),
                    at: table.location)
            }
        }
        return (bytes, first)
    }
}
