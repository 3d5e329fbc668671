internal import Documents
internal import EMGSignal
internal import Foundation
internal import PrintableText

/// What the beginning of a delimited file tells: which column is what, and the parts of one rate.
struct DelimitedPlan: Sendable {
    /// Channels of one rate.
    struct Part: Sendable {
        /// The name; `nil` for the main part.
        var name: String?
        var channels: [Channel]
        var columns: [Int]
        /// The column of the time stamps.
        var time: Int?
        var rate: StreamMetadata.Rate
        var targets: [TargetDescription] = []
        /// The columns of all targets one after the other.
        var targetColumns: [Int] = []
    }

    /// How many lines come before the first row.
    private(set) var firstRow = 0
    /// The names of the columns; empty without a header line.
    private(set) var names: [String] = []
    /// How many columns a row has.
    private(set) var width = 0
    private(set) var label: Int?
    private(set) var counter: Int?
    /// The width of the counter: what the header says, else the template; `nil` when neither.
    private(set) var counterBits: Int?
    private(set) var parts: [Part] = []
    private(set) var details: [String: ProcessingStep.Value] = [:]
    private(set) var warnings: [IngestWarning] = []
    /// What stands between columns.
    private(set) var delimiter: DelimitedLayout.Delimiter
    /// What stands between columns by the look of them, where the template says otherwise.
    private var otherDelimiter: String?
    /// What numbers have before their decimals.
    private(set) var decimalMark = UInt8(ascii: ".")
    /// What the texts up to the first row say of the encoding.
    private(set) var texts: TextDecoding
    /// The names of label values that a side file gives.
    var classNames: [String: String] = [:]

    init(
        _ url: URL, template: SourceTemplate, layout: DelimitedLayout, options: ReadOptions
    ) throws(IngestError) {
        var table = try DelimitedTable.open(
            url, delimiter: layout.delimiter, encoding: layout.encoding)
        texts = TextDecoding(declared: layout.encoding)
        var stated = DelimitedPreambleReader()
        try stated.read(&table, layout: layout, texts: &texts)
        delimiter = stated.delimiter ?? layout.delimiter
        let location = table.location
        var hasLine = stated.holdsLine
        if layout.preamble == .openSignals {
            names = stated.columns
        } else if layout.hasHeader {
            guard hasLine else { throw Self.empty(table.file) }
            table.split()
            for index in 0..<table.count { names.append(try table.cell(index, &texts)) }
            otherDelimiter = table.otherDelimiter
            firstRow = table.number
            hasLine = try Self.nextRow(&table, layout: layout)
        }
        for _ in 0..<layout.skippedRows where hasLine {
            firstRow = table.number
            hasLine = try Self.nextRow(&table, layout: layout)
        }
        guard hasLine else { throw Self.empty(table.file) }
        if firstRow == 0 { firstRow = table.number - 1 }
        table.split()
        if names.isEmpty { otherDelimiter = table.otherDelimiter }
        decimalMark = table.decimalMark(layout.decimalMark)
        try settleWidth(of: table)
        if layout.preamble == .trigno {
            let signals =
                try stated.signals.isEmpty ? signals(of: &table, layout: layout) : stated.signals
            let signalParts = try TrignoParts(signals, width: width, at: location)
            parts = signalParts.parts
            if options.parts == .main { warnings += signalParts.leftOut }
        } else {
            try takeColumns(
                stated, template: template, layout: layout, options: options, location: location)
        }
    }

    /// Makes the names as many as the cells of the first row.
    private mutating func settleWidth(of table: borrowing DelimitedTable) throws(IngestError) {
        width = table.count
        if !names.isEmpty, names.count == width + 1, names.last == "" { names.removeLast() }
        guard !names.isEmpty, names.count != width else { return }
        // A delimiter at the end of each row makes one empty cell more.
        guard names.count + 1 == width, table.bytes(width - 1).isEmpty else {
            throw IngestError(
                .fieldCount(expected: names.count, found: width), at: table.location,
                hint: delimiterHint
                    ?? "the template may need another delimiter, or other lines to skip (skip_lines "
                    + "before the header, skip_rows behind it)")
        }
        names.append("")
    }

    /// The parts that are wanted, the main one first.
    func parts(
        wanted: ReadOptions.PartSelection, file: String
    ) throws(IngestError) -> [Part] {
        switch wanted {
        case .all: return parts
        case .main: return Array(parts.prefix(1))
        case .named(let name):
            let found = parts.filter { $0.name == name }
            guard !found.isEmpty else {
                throw IngestError(
                    .missingColumn(name: name, found: parts.compactMap(\.name)),
                    at: SourceLocation(file: file),
                    hint: "--parts all reads every part")
            }
            return found
        }
    }

    /// Goes to the next line that is neither blank nor a comment.
    static func nextRow(
        _ table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) -> Bool {
        while try table.advance() {
            if table.isBlank { continue }
            if let comment = layout.comment, table.begins(with: comment) { continue }
            return true
        }
        return false
    }

    private static func empty(_ file: String) -> IngestError {
        IngestError(.noSamples(found: "no row of numbers"), at: SourceLocation(file: file))
    }

    // MARK: - Columns

    private mutating func takeColumns(
        _ stated: DelimitedPreambleReader, template: SourceTemplate, layout: DelimitedLayout,
        options: ReadOptions, location: SourceLocation
    ) throws(IngestError) {
        let time = try layout.time.map { (column) throws(IngestError) in
            try index(of: column, location)
        }
        label = try layout.label.map { (column) throws(IngestError) in
            try index(of: column, location)
        }
        counter = try layout.counter.map { (column) throws(IngestError) in
            try index(of: column, location)
        }
        if let counter { counterBits = stated.width(ofColumn: counter) ?? layout.counterBits }
        var taken = Set([time, label, counter].compactMap { $0 })
        var targets: [TargetDescription] = []
        var targetColumns: [Int] = []
        for target in layout.targets {
            var columns: [Int] = []
            for column in target.places { columns += try indices(of: column, location) }
            for column in columns where !taken.insert(column).inserted {
                throw IngestError(
                    .duplicateColumn(name: name(of: column)), at: location,
                    hint:
                        "the template uses the column twice: it is one of channels, time, counter, "
                        + "label and targets")
            }
            let names =
                columns.count == 1 && target.dimensions.isEmpty
                ? [target.name] : columns.map { name(of: $0).trimmingBlanks() }
            targets.append(try target.description(names, at: location))
            targetColumns += columns
        }
        var columns: [Int] = []
        if layout.channels.isEmpty {
            columns = (0..<width).filter { !taken.contains($0) && !isNameless($0) }
        } else {
            for column in layout.channels {
                // Of several patterns one that nothing fits names what other devices write.
                if case .named(let name) = column, name.contains("*"), fitting(name).isEmpty {
                    continue
                }
                columns += try indices(of: column, location)
            }
        }
        guard !columns.isEmpty else {
            throw IngestError(
                .missingColumn(
                    name: layout.channels.isEmpty
                        ? "channels" : layout.channels.map(\.description).joined(separator: ", "),
                    found: names), at: location,
                hint: delimiterHint ?? "the template names no column of samples that is there")
        }
        var seen: Set<Int> = []
        for column in columns where taken.contains(column) || !seen.insert(column).inserted {
            throw IngestError(
                .duplicateColumn(name: name(of: column)), at: location,
                hint: "the template uses the column twice: it is one of channels, time, counter, "
                    + "label and targets")
        }
        for column in names.indices
        where !seen.contains(column) && !taken.contains(column) && !isNameless(column) {
            warnings.append(
                IngestWarning(
                    .unusedColumn,
                    at: SourceLocation(file: location.file, line: 1, field: names[column]),
                    message: "the column is not used"))
        }
        let unit = template.unit ?? options.unit
        var rate = StreamMetadata.Rate.unknown(
            reason: "neither the file nor the template says it")
        if let declared = template.rate {
            rate = .declared(declared, by: "template \(template.name)")
        } else if let declared = stated.rate {
            rate = .declared(declared, by: "header")
        } else if time != nil {
            rate = .unknown(reason: "there are no two samples with time stamps that go forward")
        }
        details = stated.details
        let channels = Self.unique(columns.map { name(of: $0) }, unit: unit)
        let split = ChannelKind.split(
            columns.map { column in
                stated.sensors[name(of: column)].map { ChannelKind(named: $0) } ?? .unknown
            })
        func part(_ name: String?, _ members: [Int]) -> Part {
            Part(
                name: name, channels: members.map { channels[$0] },
                columns: members.map { columns[$0] }, time: time, rate: rate, targets: targets,
                targetColumns: targetColumns)
        }
        parts = [part(nil, split.main)]
        guard !split.others.isEmpty else { return }
        parts.append(part(ChannelKind.othersName, split.others))
        if options.parts == .main {
            warnings.append(
                ChannelKind.leftOut(
                    split.others.map { index in
                        let name = channels[index].name
                        return stated.sensors[name].map { "\(name) (\($0))" } ?? name
                    }, part: ChannelKind.othersName, at: location))
        }
    }

    private func isNameless(_ column: Int) -> Bool {
        !names.isEmpty && names[column].isEmpty
    }

    private func name(of column: Int) -> String {
        names.isEmpty || names[column].isEmpty ? "ch\(column + 1)" : names[column]
    }

    /// Channels with names that differ: a name that stands again gets a number.
    static func unique(_ names: [String], unit: String) -> [Channel] {
        var seen: Set<String> = []
        return names.map { name in
            var unique = name
            var number = 2
            while !seen.insert(unique).inserted {
                unique = "\(name)_\(number)"
                number += 1
            }
            return Channel(name: unique, unit: unit)
        }
    }

    private func index(
        of column: DelimitedLayout.Column, _ location: SourceLocation
    ) throws(IngestError) -> Int {
        let found = try indices(of: column, location)
        guard found.count == 1 else {
            throw IngestError(
                .duplicateColumn(name: name(of: found[0])), at: location,
                hint: "the template must mean one column")
        }
        return found[0]
    }

    private func indices(
        of column: DelimitedLayout.Column, _ location: SourceLocation
    ) throws(IngestError) -> [Int] {
        switch column {
        case .number(let number):
            guard number <= width else {
                throw IngestError(
                    .fieldCount(expected: number, found: width), at: location,
                    hint: delimiterHint ?? "the template names a column that is not there")
            }
            return [number - 1]
        case .named(let pattern):
            let found = fitting(pattern)
            guard !found.isEmpty else {
                throw IngestError(
                    .missingColumn(name: pattern, found: names), at: location,
                    hint: delimiterHint ?? "")
            }
            return found
        }
    }

    /// The line of a template that divides what is one column by the one it has; `nil` when
    /// columns are divided or nothing stands between them.
    private var delimiterHint: String? {
        otherDelimiter.map {
            "a row is one column by the template's delimiter; say \"delimiter: \($0)\" under "
                + "\"delimited\" if that stands between columns"
        }
    }

    private func fitting(_ pattern: String) -> [Int] {
        names.indices.filter {
            NamePattern.matches(
                names[$0].trimmingBlanks().lowercased(), pattern: pattern.lowercased())
        }
    }

    // MARK: - Signals of EMGworks

    /// The signals of an export without the list of them, from the names of its columns and the
    /// times of its first two rows.
    private func signals(
        of table: inout DelimitedTable, layout: DelimitedLayout
    ) throws(IngestError) -> [DelimitedPreambleReader.Signal] {
        func times(_ table: borrowing DelimitedTable) -> [Double?] {
            stride(from: 0, to: width - 1, by: 2).map { column in
                guard column < table.count else { return nil }
                let text = table.excerpt(column)
                return Double(
                    decimalMark == UInt8(ascii: ",") ? text.replacing(",", with: ".") : text)
            }
        }
        let first = times(table)
        guard try Self.nextRow(&table, layout: layout) else { throw Self.empty(table.file) }
        table.split()
        let second = times(table)
        var signals: [DelimitedPreambleReader.Signal] = []
        for (index, (start, end)) in zip(first, second).enumerated() {
            let name = name(of: 2 * index + 1)
            guard let start, let end, end > start else {
                throw IngestError(
                    .unknownRate(reason: "two rows of \"\(name)\" have no times that go forward"),
                    at: table.location,
                    hint: "a template without \"preamble: trigno\" names the columns one by one")
            }
            let open = name.hasSuffix("]") ? name.lastIndex(of: "[") : nil
            signals.append(
                DelimitedPreambleReader.Signal(
                    label: (open.map { String(name[..<$0]) } ?? name).trimmingBlanks(),
                    hertz: 1 / (end - start), isDeclared: false,
                    unit: open.map { String(name[name.index(after: $0)...].dropLast()) } ?? ""))
        }
        return signals
    }
}
