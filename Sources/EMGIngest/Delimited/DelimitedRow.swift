internal import CSV
internal import EMGSignal
internal import PrintableText

/// Reads the cells of one part of a row.
struct DelimitedRow: Sendable {
    private let columns: [Int]
    private let targetColumns: [Int]
    private let time: Int?
    private let timeUnit: Double
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

    init(
        part: DelimitedPlan.Part, plan: DelimitedPlan, layout: DelimitedLayout,
        missing: ReadOptions.MissingPolicy
    ) {
        columns = part.columns
        targetColumns = part.targetColumns
        time = part.time
        timeUnit = layout.timeUnit
        width = plan.width
        names = plan.names
        decimalMark = plan.decimalMark
        tokens = layout.missingTokens
        self.missing = missing
        mayEnd = layout.preamble == .trigno
        firstRow = plan.firstRow
    }

    /// The name of a column for messages.
    func fieldName(_ column: Int) -> String {
        column < names.count && !names[column].isEmpty ? names[column] : "column \(column + 1)"
    }

    /// Appends the samples and the time of the line that was split.
    ///
    /// - Returns: Whether there were any; `false` when the channels have ended.
    func take(
        _ table: borrowing DelimitedTable, into block: inout RowBlock,
        notes: inout DelimitedNotes
    ) throws(IngestError) -> Bool {
        let count = table.count
        // A delimiter at the end of a row makes one empty cell more, or leaves out empty ones.
        guard count == width || (count == width + 1 && table.bytes(width).isEmpty) || mayEnd
        else {
            throw IngestError(
                .fieldCount(expected: width, found: count),
                at: SourceLocation(file: table.file, line: table.number),
                hint: !table.isTerminated && count < width
                    ? "the file seems to have been cut off inside its last line"
                    : "the template may need another delimiter, skip_lines or a comment mark")
        }
        if mayEnd,
            columns.allSatisfy({ $0 >= count || table.bytes($0).isEmpty })
        {
            return false
        }
        let (first, firstTarget) = (block.samples.count, block.targets.count)
        do throws(IngestError) {
            for column in columns {
                block.samples.append(try sample(table, column, &notes))
            }
            for column in targetColumns { block.targets.append(try target(table, column)) }
            if let time { block.timeStamps.append(try seconds(table, time)) }
        } catch {
            block.samples.removeLast(block.samples.count - first)
            block.targets.removeLast(block.targets.count - firstTarget)
            throw error
        }
        return true
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
        _ table: borrowing DelimitedTable, _ column: Int
    ) throws(IngestError) -> Double {
        let value = try number(table, column, expected: "a time")
        // One division rounds once, where a product with 0.001 rounds twice.
        return timeUnit < 1 ? value / (1 / timeUnit).rounded() : value * timeUnit
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
    ) throws(IngestError) -> Float {
        let isToken = isMissing(table, column)
        if !isToken, column < table.count,
            let value = table.plainNumber(column, decimalMark: decimalMark)
        {
            let rounded = Float(value)
            if value == value.rounded(), Double(rounded) != value {
                notes.inexact.add(table.number)
            }
            return rounded
        }
        let bytes = column < table.count ? Array(table.bytes(column)) : []
        switch isToken ? .missing : CellNumber(pointed(bytes[...])) {
        case .integer(let value):
            let rounded = Float(value)
            if Int64(exactly: rounded) != value { notes.inexact.add(table.number) }
            return rounded
        case .decimal(let value) where value.magnitude < 0x1p63: return Float(value)
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

    /// A cell with a decimal point in the place of its decimal comma.
    private func pointed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
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
            return "if this row holds units or counts, say \"skip_rows: 1\" in the template"
        }
        if GroupedNumber.recognizes(text) { return GroupedNumber.hint }
        if text.contains(","), decimalMark == UInt8(ascii: ".") {
            return "if this is a decimal comma, say \"decimal: comma\" in the template"
        }
        if Self.missingWords.contains(text.lowercased()) {
            return
                "if it says that the value is missing, say \"missing: [\(text.printable())]\" in the "
                + "template, in quotes, and mark missing samples (--missing mark)"
        }
        return "the template may mean other columns (channels, time, skip_rows, delimiter)"
    }

    /// What programs write for a value that they do not have.
    private static let missingWords: Set<String> = [
        "na", "n/a", "#n/a", "null", "none", "-", "-nan(ind)", "nan(ind)", "1.#qnan", "-1.#ind",
        "1.#inf", "missing", ".",
    ]
}
