package import EMGSignal
private import Foundation

/// A table of events as a recording's history keeps it, with the columns that are no labels: what
/// was asked for, which repetition it was, when the person began to move.
package struct EventTable: Sendable, Hashable, Codable {
    /// How many events a history keeps.
    static let mostKept = 1_000
    private static let columnsName = "event_columns"
    private static let rowsName = "events"
    private static let countName = "event_count"

    /// The names of the columns.
    package let columns: [String]
    /// The events in the order of the table, a text for each column; `nil` for what is not known.
    package let rows: [[String?]]
    /// How many events the table had; more than there are rows when they were too many to keep.
    package let count: Int

    /// Takes the events out of a table.
    init(_ table: BIDSTable) {
        columns = table.columns
        count = table.rows.count
        rows = table.rows.prefix(Self.mostKept).map { $0.map(\.text) }
    }

    /// Takes events that have no more than a begin, a duration and a name.
    init(_ events: [LabelEvent]) {
        columns = ["onset", "duration", "trial_type"]
        count = events.count
        rows = events.prefix(Self.mostKept).map {
            ["\($0.start)", $0.duration.map { "\($0)" }, $0.name]
        }
    }

    /// What the history of a recording says of events; `nil` when it says nothing.
    package init?(_ history: [ProcessingStep]) {
        let found = history.last { $0.parameters[Self.columnsName] != nil }?.parameters
        guard case .list(let columns) = found?[Self.columnsName],
            case .list(let rows) = found?[Self.rowsName],
            case .integer(let count) = found?[Self.countName]
        else { return nil }
        self.columns = columns.map { Self.text($0) ?? "" }
        self.rows = rows.map { row in
            guard case .list(let cells) = row else { return [] }
            return cells.map(Self.text)
        }
        self.count = count
    }

    /// For the history: the names of the columns, and each event as a list.
    var details: [String: ProcessingStep.Value] {
        [
            Self.columnsName: .list(columns.map { .text($0) }),
            Self.rowsName: .list(rows.map { row in .list(row.map(Self.value)) }),
            Self.countName: .integer(count),
        ]
    }

    // What is not known is an empty text: cells of the table are never empty.
    private static func value(_ cell: String?) -> ProcessingStep.Value {
        guard let cell else { return .text("") }
        if let number = Int(cell), String(number) == cell { return .integer(number) }
        if let number = Double(cell), number.isFinite, "\(number)" == cell {
            return .number(number)
        }
        return .text(cell)
    }

    private static func text(_ value: ProcessingStep.Value) -> String? {
        switch value {
        case .text(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .flag, .list: nil
        }
    }
}
