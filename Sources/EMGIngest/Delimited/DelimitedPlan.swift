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
        /// How many rows the file says there are.
        var statedRows: Int?
        /// The way from numbers to samples; `nil` when they are the same.
        var scaling: ADCScaling?
        var targets: [TargetDescription] = []
        /// The columns of all targets one after the other.
        var targetColumns: [Int] = []
    }

    /// The file.
    private(set) var file = ""
    /// How many lines come before the first row.
    private(set) var firstRow = 0
    /// The line with which the block begins, from 1; 0 for the only one.
    private(set) var start = 0
    /// What the header says of the columns.
    private(set) var titles = ColumnTitles()
    /// The names of the columns; empty without a header line.
    var names: [String] { titles.names }
    /// The line that names them.
    private(set) var namesLine = 1
    /// How many columns a row has.
    private(set) var width = 0
    /// Whether channels may end before others: then their cells are empty.
    var mayEnd = false
    /// The unit of the column of times.
    var timeUnit = DelimitedLayout.ClockUnit.seconds(1)
    /// The rate that the lines before the table give.
    private(set) var statedRate: SamplingRate?
    /// The unit that the file gives for all samples.
    private(set) var unit: String?
    var label: Int?
    /// The column whose values make blocks.
    var blockColumn: Int?
    /// The lines of the rows that are read; `nil` for all.
    private(set) var lines: Range<Int>?
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
    var texts: TextDecoding
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
    ///   - start: The line with which the block begins, from 1; 0 to find it.
    /// - Returns: Which column is what.
    /// - Throws: ``IngestError`` when the file does not fit the layout.
    static func read(
        _ url: URL, template: SourceTemplate, layout: DelimitedLayout, options: ReadOptions,
        start: Int = 0
    ) throws(IngestError) -> DelimitedPlan {
        var plan = DelimitedPlan(layout)
        plan.start = start
        try plan.read(url, template: template, layout: layout, options: options)
        return plan
    }

    private mutating func read(
        _ url: URL, template: SourceTemplate, layout: DelimitedLayout, options: ReadOptions
    ) throws(IngestError) {
        file = url.relativePath
        var table = try DelimitedTable.open(url, layout: layout)
        switch layout.preamble {
        case .comments, .text:
            try readHead(&table, template: template, layout: layout, options: options)
        case .openSignals, .trigno, .acqKnowledge:
            try readPreamble(&table, template: template, layout: layout, options: options)
        }
    }

    /// Reads a file whose head the layout describes.
    private mutating func readHead(
        _ table: inout DelimitedTable, template: SourceTemplate, layout: DelimitedLayout,
        options: ReadOptions
    ) throws(IngestError) {
        var head = DelimitedHead()
        try head.read(&table, layout: layout, start: start)
        delimiter = head.delimiter ?? layout.delimiter
        let named = zip(layout.header, head.header).first { $0.0 == .names }?.1
        if let named { table.settle(by: named.bytes[...]) }
        guard head.holdsRow else { throw Self.empty(table.file) }
        firstRow = table.number - 1
        table.split()
        titles = try ColumnTitles(head, table, layout: layout, texts: &texts)
        let facts = try StatedFacts(head, table, layout: layout, texts: &texts)
        warnings += facts.warnings
        titles.take(facts, width: table.count, forms: layout.nameForms)
        (unit, statedRate) = (facts.unit, facts.rate)
        otherDelimiter =
            named.map { titles.names.count == 1 ? table.otherDelimiter(in: $0.bytes[...]) : nil }
            ?? (table.count == 1 ? table.otherDelimiter(in: table.lineBytes) : nil)
        decimalMark = table.decimalMark(layout.decimalMark)
        try settleWidth(of: table, ignoringExtra: layout.ignoresExtraCells)
        if let named { namesLine = named.number }
        let location =
            named.map { SourceLocation(file: table.file, line: $0.number) } ?? table.location
        var stated = StatedRates(facts.rate)
        if let rate = titles.rate { stated.rate = try Self.rate(rate, at: location) }
        try takeColumns(
            &table, stated, template: template, layout: layout, options: options,
            location: location)
        if let rows = facts.rows {
            for index in parts.indices where parts[index].statedRows == nil {
                parts[index].statedRows = rows
            }
        }
    }

    /// Reads a file with the head of a program.
    private mutating func readPreamble(
        _ table: inout DelimitedTable, template: SourceTemplate, layout: DelimitedLayout,
        options: ReadOptions
    ) throws(IngestError) {
        var stated = DelimitedPreambleReader()
        try stated.read(&table, layout: layout, texts: &texts)
        details = stated.details
        let location = table.location
        var hasLine = stated.holdsLine
        if layout.preamble == .openSignals {
            titles.take(names: stated.columns, units: [])
        } else {
            guard hasLine else { throw Self.empty(table.file) }
            table.split()
            var names: [String] = []
            for index in 0..<table.count { names.append(try table.cell(index, &texts)) }
            titles.take(names: names, units: [])
            if layout.preamble == .acqKnowledge {
                try AcqKnowledgeHead.check(names, channels: stated.signals.count, at: location)
            }
            if names.count == 1 { otherDelimiter = table.otherDelimiter(in: table.lineBytes) }
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
        decimalMark = table.decimalMark(layout.decimalMark)
        try settleWidth(of: table, ignoringExtra: layout.ignoresExtraCells)
        switch layout.preamble {
        case .trigno:
            guard stated.signals.isEmpty || width >= 2 * stated.signals.count, width >= 2 else {
                throw IngestError(
                    .fieldCount(expected: max(2, 2 * stated.signals.count), found: width),
                    at: location,
                    hint: "each signal has a column of time and one of samples; a template says "
                        + "what is between columns (delimiter, decimal)")
            }
            mayEnd = true
            let signals = try stated.signals.isEmpty ? pairs(&table, layout) : stated.signals
            try takeSignals(signals, options: options, location: location)
        case .acqKnowledge:
            try takeAcqKnowledge(&table, stated, layout: layout, options: options)
        case .openSignals, .comments, .text:
            if names.isEmpty { otherDelimiter = nil }
            try takeColumns(
                &table, StatedRates(stated), template: template, layout: layout, options: options,
                location: location)
        }
    }

    /// Reads no more than the rows of a block.
    mutating func take(_ block: DelimitedBlock) {
        lines = block.lines
        if let value = block.value { details["block"] = .text(value) }
    }

    static func rate(
        _ hertz: Double, at location: SourceLocation
    ) throws(IngestError) -> SamplingRate {
        do throws(SignalError) {
            return try SamplingRate(hertz: hertz)
        } catch {
            throw IngestError(.unknownRate(reason: error.description), at: location)
        }
    }

    /// Makes the names as many as the cells of the first row.
    private mutating func settleWidth(
        of table: borrowing DelimitedTable, ignoringExtra: Bool
    ) throws(IngestError) {
        width = table.count
        if ignoringExtra, !names.isEmpty {
            width = names.count
        } else if !names.isEmpty, names.count == width + 1 {
            if names.last == "" { titles.dropNamelessEnd() } else { titles.dropNamelessBegin() }
        }
        defer { titles.pad(to: width) }
        guard !names.isEmpty, names.count != width else { return }
        // A delimiter at the end of each row makes one empty cell more.
        guard names.count + 1 == width, table.bytes(width - 1).isEmpty else {
            throw IngestError(
                .fieldCount(expected: names.count, found: width), at: table.location,
                hint: delimiterHint
                    ?? "the template may need another delimiter, or other lines to skip (skip_lines "
                    + "before the header, header_rows or skip_rows behind it)")
        }
    }

    /// Goes over the row with the number of samples that AcqKnowledge writes.
    mutating func passRow(_ table: inout DelimitedTable, _ layout: DelimitedLayout)
        throws(IngestError)
    {
        firstRow = table.number
        guard try Self.nextRow(&table, layout: layout) else { throw Self.empty(table.file) }
        table.split()
        decimalMark = table.decimalMark(layout.decimalMark)
    }

    /// The parts that are wanted, the main one first.
    func parts(wanted: ReadOptions.PartSelection) -> [Part] {
        switch wanted {
        case .all: parts
        case .main: Array(parts.filter { $0.name == nil }.prefix(1))
        case .named(let name): parts.filter { $0.name == name }
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
        IngestError(
            .noSamples(found: "no row of numbers"), at: SourceLocation(file: file),
            hint: "the template may say otherwise what stands before the rows (skip_lines, "
                + "starts_at, header_rows)")
    }
}
