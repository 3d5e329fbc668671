internal import EMGFormats
internal import Foundation

/// What `_channels.tsv` says of the channels.
struct BIDSChannels: Sendable, Hashable {
    /// One channel.
    struct Row: Sendable, Hashable {
        let name: String
        /// In upper case; `nil` when it does not say.
        let type: String?
        let units: BIDSTable.Cell?
        let isBad: Bool
        /// Why it is bad; `nil` when it does not say.
        let reason: String?
        let location: SourceLocation
    }

    /// The channels in the order of the table.
    let rows: [Row]
    /// The table's name in messages.
    let file: String
    /// What was assumed of the table.
    let warnings: [IngestWarning]

    private let byName: [String: Int]

    /// Reads the table.
    init(_ url: URL) throws(IngestError) {
        let table = try BIDSTable(url, required: BIDS.ChannelColumn.required)
        func cell(_ row: [BIDSTable.Cell], _ column: BIDS.ChannelColumn) -> BIDSTable.Cell? {
            table.column(column.rawValue).map { row[$0] }
        }
        var rows: [Row] = []
        var byName: [String: Int] = [:]
        for row in table.rows {
            guard let nameCell = cell(row, .name), let name = nameCell.text else {
                throw IngestError(
                    .invalidCell(expected: "the name of a channel", found: "n/a"),
                    at: row[0].location)
            }
            guard byName[name] == nil else {
                throw IngestError(
                    .inconsistent(expected: "each channel once", found: "\(name) again"),
                    at: nameCell.location)
            }
            let status = cell(row, .status)
            let word = status?.text?.lowercased()
            if let status, let word, word != BIDS.channelStatus.good,
                word != BIDS.channelStatus.bad
            {
                throw IngestError(
                    .invalidCell(expected: "good, bad or n/a", found: status.text ?? ""),
                    at: status.location)
            }
            byName[name] = rows.count
            rows.append(
                Row(
                    name: name, type: cell(row, .type)?.text?.uppercased(),
                    units: cell(row, .units), isBad: word == BIDS.channelStatus.bad,
                    reason: cell(row, .statusDescription)?.text,
                    location: nameCell.location))
        }
        self.rows = rows
        self.byName = byName
        file = table.file
        warnings = table.warnings
    }

    /// The row of a signal, by its label.
    subscript(label: String) -> Row? { byName[label].map { rows[$0] } }
}
