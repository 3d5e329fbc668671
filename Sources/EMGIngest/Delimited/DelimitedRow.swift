internal import CSV
internal import EMGSignal
internal import PrintableText

/// Reads the cells of one part of a row.
struct DelimitedRow: Sendable {
    private let columns: [Int]
    private let targetColumns: [Int]
    private let time: Int?
    private let timeUnit: DelimitedLayout.ClockUnit
    /// Samples a second, where times are numbers of samples.
    private let samplesPerSecond: Double
    private let scaling: ADCScaling?
    private let thousands: DelimitedLayout.ThousandsMark?
    private let ignoresExtraCells: Bool
    private let width: Int
    private let names: [String]
    private let decimalMark: UInt8
    private let missing: ReadOptions.MissingPolicy
    /// What cells hold when a value is missing, beside what every table has.
    private let tokens: Set<[UInt8]>
    /// Whether channels may end before others: then their cells are empty.
    private let mayEnd: Bool
    /// How many lines come before the first row.
    private let firstRow: Int
    /// Whether the template says what the rows of the header are, and how many it passes over.
    private let header: (isListed: Bool, skipped: Int)

    init(
        part: DelimitedPlan.Part, plan: DelimitedPlan, layout: DelimitedLayout,
        missing: ReadOptions.MissingPolicy, samplesPerSecond: Double
    ) {
        columns = part.columns
        targetColumns = part.targetColumns
        time = part.time
        timeUnit = plan.timeUnit
        self.samplesPerSecond = samplesPerSecond
        scaling = part.scaling
        thousands = layout.thousands
        ignoresExtraCells = layout.ignoresExtraCells
        header = (!layout.headerRows.isEmpty, layout.skippedRows)
        width = plan.width
        names = plan.names
        decimalMark = plan.decimalMark
        tokens = layout.missingTokens
        self.missing = missing
        mayEnd = plan.mayEnd
        firstRow = plan.firstRow
    }

    /// The name of a column for messages.
    func fieldName(_ column: Int) -> String {
        column < names.count && !names[column].isEmpty ? names[column] : "column \(column + 1)"
    }

    /// What a line is to a part.
    enum Outcome: Sendable, Hashable {
        /// A row of samples.
        case row
        /// Its channels have ended, or some of them have.
        case end
    }

    /// Appends the samples and the time of the line that was split.
    ///
    /// - Returns: Whether there were any, or the channels have ended.
    func take(
        _ table: borrowing DelimitedTable, into block: inout RowBlock,
        clock: inout WallClockCounter,
        notes: inout DelimitedNotes
    ) throws(IngestError) -> Outcome {
        let count = table.count
        // A delimiter at the end of a row makes one empty cell more, or leaves out empty ones.
        guard
            count == width || (count == width + 1 && table.bytes(width).isEmpty) || mayEnd
                || ignoresExtraCells && count >= width
        else {
            throw IngestError(
                .fieldCount(expected: width, found: count),
                at: SourceLocation(file: table.file, line: table.number),
                hint: !table.isTerminated && count < width
                    ? "the file seems to have been cut off inside its last line"
                    : count > width
                        ? "the template may need another delimiter, a mark of comments behind rows "
                            + "(row_comment) or \"extra_cells: ignore\""
                        : "the template may need another delimiter, \"ends_at\" for lines behind "
                            + "the table, or a comment mark")
        }
        if mayEnd {
            let empty = columns.count { isEmpty(table, $0) }
            if empty == columns.count || (empty > 0 && missing != .markAsMissing) { return .end }
        }
        let (first, firstTarget) = (block.samples.count, block.targets.count)
        do throws(IngestError) {
            for (index, column) in columns.enumerated() {
                let value = try sample(table, column, &notes)
                if let scaling {
                    block.samples.append(
                        Float(scaling.scale[index] * value + scaling.offset[index]))
                } else {
                    block.samples.append(Float(value))
                }
            }
            for column in targetColumns { block.targets.append(try target(table, column)) }
            if let time { block.timeStamps.append(try seconds(table, time, &clock)) }
        } catch {
            block.samples.removeLast(block.samples.count - first)
            block.targets.removeLast(block.targets.count - firstTarget)
            throw error
        }
        return .row
    }

    /// Whether a cell is empty or not there.
    func isEmpty(_ table: borrowing DelimitedTable, _ column: Int) -> Bool {
        column >= table.count || table.bytes(column).isEmpty
    }

    /// The first of the part's columns that a line has a value in; `nil` when all are empty.
    func firstValue(_ table: borrowing DelimitedTable) -> Int? {
        columns.first { !isEmpty(table, $0) }
    }

    /// The first that has none.
    func firstGap(_ table: borrowing DelimitedTable) -> Int? {
        columns.first { isEmpty(table, $0) }
    }

    /// A running number.
    func count(_ table: borrowing DelimitedTable, _ column: Int) throws(IngestError) -> Int {
        let value = try number(table, column, expected: "a running number")
        guard value == value.rounded(), value.magnitude < 1e15 else {
            throw fault(table, column, "a running number")
        }
        return Int(value)
    }

    private func seconds(
        _ table: borrowing DelimitedTable, _ column: Int, _ clock: inout WallClockCounter
    ) throws(IngestError) -> Double {
        switch timeUnit {
        case .seconds(let unit):
            let value = try number(table, column, expected: "a time")
            // One division rounds once, where a product with 0.001 rounds twice.
            return unit < 1 ? value / (1 / unit).rounded() : value * unit
        case .samples:
            return try number(table, column, expected: "the number of a sample") / samplesPerSecond
        case .wallClock:
            guard column < table.count, let time = WallClock(table.bytes(column)) else {
                throw fault(table, column, "a time of day such as 10:11:12.345")
            }
            guard let seconds = clock.seconds(of: time) else {
                throw IngestError(
                    .invalidCell(
                        expected: "the date of the row before, as its day and month cannot be told "
                            + "apart",
                        found: table.excerpt(column)),
                    at: table.place(column, field: fieldName(column)),
                    hint: "dates as 2023-12-31 or 31.12.2023 are counted")
            }
            return seconds
        }
    }

    private func number(
        _ table: borrowing DelimitedTable, _ column: Int, expected: String
    ) throws(IngestError) -> Double {
        guard column < table.count else { throw fault(table, column, expected) }
        if let value = table.plainNumber(column, decimalMark: decimalMark) { return value }
        switch CellNumber(pointed(table.bytes(column))) {
        case .integer(let value): return Double(value)
        case .decimal(let value): return value
        case .tooLarge, .missing, .invalid: throw fault(table, column, expected)
        }
    }

    /// A target; an empty cell or one that says that it is missing is not a number.
    private func target(
        _ table: borrowing DelimitedTable, _ column: Int
    ) throws(IngestError) -> Float {
        guard column < table.count else { throw fault(table, column, "a number") }
        if isMissing(table, column) { return .nan }
        if let value = table.plainNumber(column, decimalMark: decimalMark) { return Float(value) }
        switch CellNumber(pointed(table.bytes(column))) {
        case .integer(let value): return Float(value)
        case .decimal(let value) where Float(value).isFinite: return Float(value)
        case .missing: return .nan
        case .decimal, .tooLarge, .invalid: throw fault(table, column, "a number")
        }
    }

    private func sample(
        _ table: borrowing DelimitedTable, _ column: Int, _ notes: inout DelimitedNotes
    ) throws(IngestError) -> Double {
        let isToken = isMissing(table, column)
        if !isToken, column < table.count,
            let value = table.plainNumber(column, decimalMark: decimalMark)
        {
            if scaling == nil, value == value.rounded(), Double(Float(value)) != value {
                notes.inexact.add(table.number)
            }
            return value
        }
        let bytes = column < table.count ? Array(table.bytes(column)) : []
        switch isToken ? .missing : CellNumber(pointed(bytes[...])) {
        case .integer(let value):
            if scaling == nil, Int64(exactly: Float(value)) != value {
                notes.inexact.add(table.number)
            }
            return Double(value)
        case .decimal(let value) where value.magnitude < 0x1p63: return value
        case .decimal, .tooLarge: throw fault(table, column, "a number below 2^63 in size")
        case .missing:
            guard missing == .markAsMissing else {
                throw IngestError(
                    .missingValue(found: ForeignText.excerpt(bytes, limit: 40)),
                    at: table.place(column, field: fieldName(column)),
                    hint: IngestError.markMissingHint)
            }
            notes.missing.add(table.number)
            return .nan
        case .invalid: throw fault(table, column, "a number")
        }
    }

    /// A cell with a decimal point in the place of its decimal comma, and without marks of
    /// thousands where the template names them.
    private func pointed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        if let thousands, let plain = GroupedNumber.ungrouped(bytes, mark: thousands, decimalMark) {
            bytes = plain[...]
        }
        guard decimalMark != UInt8(ascii: ".") else { return bytes }
        // A point would be a mark of thousands: no number of this grammar.
        let marked = bytes.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: ","): UInt8(ascii: ".")
            case UInt8(ascii: "."): UInt8(ascii: ",")
            default: byte
            }
        }
        return marked[...]
    }

    /// Whether the template says that a cell like that is a missing value.
    private func isMissing(_ table: borrowing DelimitedTable, _ column: Int) -> Bool {
        !tokens.isEmpty && column < table.count && tokens.contains(Array(table.bytes(column)))
    }

    private func fault(
        _ table: borrowing DelimitedTable, _ column: Int, _ expected: String
    ) -> IngestError {
        let text = column < table.count ? table.excerpt(column) : ""
        return IngestError(
            .invalidCell(expected: expected, found: text),
            at: table.place(column, field: fieldName(column)), hint: hint(for: text, in: table))
    }

    /// The line of a template that reads a cell that is no number.
    private func hint(for text: String, in table: borrowing DelimitedTable) -> String {
        if table.number == firstRow + 1, text.first?.isNumber != true {
            return header.isListed
                ? "if this row belongs to the header, name it in \"header_rows\", too"
                : "if this row holds units or counts, say \"skip_rows: \(header.skipped + 1)\" in "
                    + "the template, or use it (header_rows)"
        }
        if let mark = GroupedNumber.mark(in: text), mark != thousands {
            return "the number has marks of thousands: say \"thousands: \(mark.rawValue)\" in the "
                + "template\(thousands.map { ", not \($0.rawValue)" } ?? "")"
        }
        if text.contains(","), decimalMark == UInt8(ascii: ".") {
            return "if this is a decimal comma, say \"decimal: comma\" in the template"
        }
        if Self.missingWords.contains(text.lowercased()) {
            return
                "if it says that the value is missing, say \"missing: [\(text.printable())]\" in the "
                + "template, in quotes, and mark missing samples (--missing mark)"
        }
        return table.number == firstRow + 1
            ? "the template may mean other columns (channels, time, delimiter), or pass over too few "
                + "lines"
            : "numbers are written like -1.5e-3; what says that a value is missing is named by "
                + "\"missing\" in the template"
    }

    /// What programs write for a value that they do not have.
    private static let missingWords: Set<String> = [
        "na", "n/a", "#n/a", "null", "none", "-", "-nan(ind)", "nan(ind)", "1.#qnan", "-1.#ind",
        "1.#inf", "missing", ".",
    ]
}
