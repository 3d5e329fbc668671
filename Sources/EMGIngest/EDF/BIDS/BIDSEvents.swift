internal import CSV
internal import EMGFormats
internal import EMGSignal
internal import Foundation
import PrintableText

/// What `_events.tsv` says happened.
struct BIDSEvents: Sendable, Hashable {
    /// The events and marks of quality, times in seconds from the first sample.
    let stated: EDFEvents
    /// What could not be used.
    let warnings: [IngestWarning]
    /// The table's name in messages.
    let file: String
    /// The whole table, whatever its columns, for a recording's history.
    let details: [String: ProcessingStep.Value]

    /// Reads the table.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - hertz: Samples a second, for events that have a sample and no onset.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    init(_ url: URL, hertz: Double) throws(IngestError) {
        let table = try BIDSTable(url, required: BIDS.EventColumn.required)
        func cell(_ row: [BIDSTable.Cell], _ column: BIDS.EventColumn) -> BIDSTable.Cell? {
            table.column(column.rawValue).map { row[$0] }
        }
        var stated = EDFEvents()
        var warnings = table.warnings
        var nameless: (count: Int, first: SourceLocation)?
        var timeless: (count: Int, first: SourceLocation)?
        for row in table.rows {
            var start = try cell(row, .onset).flatMap { (cell) throws(IngestError) -> Double? in
                try Self.number(cell, expected: "seconds")
            }
            if start == nil, let sample = cell(row, .sample) {
                start = try Self.number(sample, expected: "a sample").map { $0 / hertz }
            }
            guard let start else {
                timeless = ((timeless?.count ?? 0) + 1, timeless?.first ?? row[0].location)
                continue
            }
            guard let name = cell(row, .trialType)?.text ?? cell(row, .value)?.text else {
                nameless = ((nameless?.count ?? 0) + 1, nameless?.first ?? row[0].location)
                continue
            }
            var duration: Double?
            if let cell = cell(row, .duration) {
                duration = try Self.number(cell, expected: "seconds or n/a")
                if let length = duration, length < 0 {
                    throw IngestError(
                        .invalidCell(expected: "seconds or n/a", found: cell.text ?? ""),
                        at: cell.location, hint: "an event does not end before it begins")
                }
                if duration == 0 { duration = nil }
            }
            stated.take(start: start, duration: duration, text: name)
        }
        if let timeless {
            warnings.append(
                IngestWarning(
                    .events, at: timeless.first, count: timeless.count,
                    message:
                        "\(timeless.count, of: "event has", plural: "events have") no onset "
                        + "and were left out"
                ))
        }
        if let nameless {
            warnings.append(
                IngestWarning(
                    .events, at: nameless.first, count: nameless.count,
                    message:
                        "\(nameless.count, of: "event has", plural: "events have") neither "
                        + "trial_type nor value and were left out"))
        }
        self.stated = stated
        self.warnings = warnings
        file = table.file
        details = EventTable(table).details
    }

    private static func number(
        _ cell: BIDSTable.Cell, expected: String
    ) throws(IngestError) -> Double? {
        guard let text = cell.text else { return nil }
        let number: Double
        switch CellNumber(Array(text.utf8)) {
        case .integer(let value): number = Double(value)
        case .decimal(let value): number = value
        case .tooLarge, .missing, .invalid:
            throw IngestError(.invalidCell(expected: expected, found: text), at: cell.location)
        }
        guard abs(number) < 1e12 else {
            throw IngestError(.invalidCell(expected: expected, found: text), at: cell.location)
        }
        return number
    }
}
