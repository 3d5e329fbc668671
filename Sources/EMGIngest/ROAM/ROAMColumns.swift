internal import CSV
internal import EMGFormats

/// Which column of a ROAM table holds what, found by name.
struct ROAMColumns: Sendable, Hashable {
    /// What a column holds.
    enum Role: Sendable, Hashable {
        /// Nothing that is kept: the row index, the task's name, columns of other programs.
        case ignored
        /// The class of the sample (`gt`).
        case label
        /// Seconds since the program started (`time_elapsed`).
        case time
        /// The wall clock (`current_time`), read only when there is no `time_elapsed`.
        case clock
        /// The samples of a channel (`emg0` or `emg_0`).
        case channel(Int)
    }

    /// The names as the header has them.
    let names: [String]
    /// What each column holds.
    let roles: [Role]
    /// The names of the channels in order.
    let channelNames: [String]
    /// Columns that nobody uses.
    let unused: [String]
    /// The column of the wall clock, whether it is read or not.
    let clockColumn: Int?

    /// Whether rows carry a time.
    var hasTime: Bool { roles.contains(.time) || roles.contains(.clock) }

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - header: The fields of the header line.
    ///   - location: The header line.
    /// - Throws: ``IngestError`` when a column is missing or stands twice.
    init(header: [String], at location: SourceLocation) throws(IngestError) {
        try Self.checkShape(header, at: location)
        let keys = header.map { $0.trimmingBlanks().lowercased() }
        var roles: [Role] = []
        var channels: [Int: String] = [:]
        var unused: [String] = []
        var seen: Set<String> = []
        for (key, name) in zip(keys, header) {
            let channel = ROAMTable.channelNumber(of: key)
            guard seen.insert(channel.map(ROAMTable.channel) ?? key).inserted else {
                throw IngestError(
                    .duplicateColumn(name: name.trimmingBlanks()), at: location,
                    hint: "a template says by number which is meant: "
                        + Self.templateLine("channels: [3, 4], label: 2"))
            }
            switch key {
            case ROAMTable.label: roles.append(.label)
            case ROAMTable.time: roles.append(.time)
            case ROAMTable.clock:
                roles.append(keys.contains(ROAMTable.time) ? .ignored : .clock)
            case ROAMTable.index, "index", ROAMTable.task: roles.append(.ignored)
            default:
                if let channel {
                    channels[channel] = name.trimmingBlanks()
                    roles.append(.channel(channel))
                } else {
                    unused.append(name.trimmingBlanks())
                    roles.append(.ignored)
                }
            }
        }
        guard roles.contains(.label) else {
            let other = keys.first { ["label", "labels", "class", "gesture", "y"].contains($0) }
            throw IngestError(
                .missingColumn(name: ROAMTable.label, found: header), at: location,
                hint: channels.isEmpty && other == nil
                    ? "this is no table of the ROAM laboratory: a template says what its lines and "
                        + "columns are (--template FILE, docs/formats/delimited.md)"
                    : "a template says which columns hold what: "
                        + Self.templateLine(
                            "channels: [\"emg*\"]\(other.map { ", label: \($0)" } ?? "")"))
        }
        channelNames = try Self.channelNames(channels, header: header, at: location)
        names = header
        self.roles = roles
        self.unused = unused
        clockColumn = keys.firstIndex(of: ROAMTable.clock)
    }

    /// Whether a header line looks like one of a ROAM table.
    static func isHeader(_ names: [String]) -> Bool {
        let keys = names.map { $0.trimmingBlanks().lowercased() }
        return keys.contains(ROAMTable.label)
            && keys.contains { ROAMTable.channelNumber(of: $0) != nil }
    }

    /// The line of a template that reads a table of another layout, and how it is given.
    static func templateLine(_ members: String) -> String {
        "--template FILE with the line delimited: {\(members)}"
    }

    private static func channelNames(
        _ channels: [Int: String], header: [String], at location: SourceLocation
    ) throws(IngestError) -> [String] {
        var result: [String] = []
        for index in 0..<max(1, channels.count) {
            guard let name = channels[index] else {
                throw IngestError(
                    .missingColumn(name: ROAMTable.channel(index), found: header), at: location,
                    hint: "other names are read by a template: "
                        + Self.templateLine("channels: [\"emg*\"], label: gt"))
            }
            result.append(name)
        }
        return result
    }

    /// Refuses what is certainly no header of a comma-separated table.
    private static func checkShape(
        _ header: [String], at location: SourceLocation
    ) throws(IngestError) {
        guard !isHeader(header) else { return }
        for (separator, name, word) in [("\t", "tabs", "tab"), (";", "semicolons", "semicolon")]
        where header.contains(where: { $0.contains(separator) }) {
            let parts = header.joined(separator: ",").split(
                separator: Character(separator), omittingEmptySubsequences: false)
            guard isHeader(parts.map(String.init)) else { continue }
            throw IngestError(
                .wrongFormat(
                    expected: "columns separated by commas", found: "columns separated by \(name)"),
                at: location,
                hint: "a template reads it as it is: "
                    + Self.templateLine("delimiter: \(word), label: gt, channels: [\"emg*\"]"))
        }
        let numbers = header.count { field in
            switch CellNumber(Array(field.utf8)) {
            case .integer, .decimal: true
            case .tooLarge, .missing, .invalid: false
            }
        }
        if numbers * 2 > header.count {
            throw IngestError(
                .missingColumn(name: ROAMTable.label, found: header), at: location,
                hint: "the first line looks like data; a template reads columns by number: "
                    + Self.templateLine("header: false, channels: [{from: 1, to: \(header.count)}]")
            )
        }
    }
}

extension String {
    /// The text without spaces and tabs round it.
    func trimmingBlanks() -> String {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
