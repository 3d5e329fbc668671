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
    var label: Int?
    var counter: Int?
    /// The width of the counter: what the header says, else the template; `nil` when neither.
    var counterBits: Int?
    var parts: [Part] = []
    var details: [String: ProcessingStep.Value] = [:]
    var warnings: [IngestWarning] = []
    /// What stands between columns.
    private(set) var delimiter: DelimitedLayout.Delimiter
    /// What stands between columns by the look of them, where the template says otherwise.
    private(set) var otherDelimiter: String?
    /// What numbers have before their decimals.
    private(set) var decimalMark = UInt8(ascii: ".")
    /// What the texts up to the first row say of the encoding.
    private(set) var texts: TextDecoding
    /// The names of label values that a side file gives.
    var classNames: [String: String] = [:]

    private init(_ layout: DelimitedLayout) {
        delimiter = layout.delimiter
        texts = TextDecoding(declared: layout.encoding)
    }

    /// Reads the beginning of a file, up to its first row.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - template: What is known of its unit and rate.
    ///   - layout: How it is laid out.
    ///   - options: What the caller knows.
    /// - Returns: Which column is what.
    /// - Throws: ``IngestError`` when the file does not fit the layout.
    static func read(
        _ url: URL, template: SourceTemplate, layout: DelimitedLayout, options: ReadOptions
    ) throws(IngestError) -> DelimitedPlan {
        var plan = DelimitedPlan(layout)
        try plan.read(url, template: template, layout: layout, options: options)
        return plan
    }

    private mutating func read(
        _ url: URL, template: SourceTemplate, layout: DelimitedLayout, options: ReadOptions
    ) throws(IngestError) {
        var table = try DelimitedTable.open(
            url, delimiter: layout.delimiter, encoding: layout.encoding)
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

    /// Says that there are no labels, for want of the table that the template names.
    mutating func noteMissingEvents(_ url: URL) {
        warnings.append(
            IngestWarning(
                .events, at: SourceLocation(file: url.relativePath),
                message: "there is no table of events beside the file: it has no labels"))
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
            if layout.hasWholeLinesOnly, !table.isTerminated { return false }
            if table.isBlank { continue }
            if let comment = layout.comment, table.begins(with: comment) { continue }
            return true
        }
        return false
    }

    static func empty(_ file: String) -> IngestError {
        IngestError(.noSamples(found: "no row of numbers"), at: SourceLocation(file: file))
    }
}
