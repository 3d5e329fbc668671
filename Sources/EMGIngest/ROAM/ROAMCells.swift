internal import CSV
internal import EMGFormats
internal import PrintableText

/// Reads one row of a ROAM table field by field: the whole grammar, and every fault with its
/// line and column.
struct ROAMCells: Sendable {
    /// The columns.
    let columns: ROAMColumns
    /// What to do with a sample that is empty or not finite.
    let missing: ReadOptions.MissingPolicy
    /// The file as the caller named it.
    let file: String

    /// What a row had that its reader should count.
    struct Notes: Sendable {
        /// Samples marked as missing.
        var missing = 0
        /// Whole numbers that single precision does not hold, and the first of them.
        var inexact = 0
        /// The text of the first such number.
        var firstInexact = ""
    }

    /// Reads a row.
    ///
    /// - Parameters:
    ///   - record: The row's fields.
    ///   - bytes: What they are ranges of.
    ///   - start: The row's first byte.
    ///   - line: The line on which the row starts.
    ///   - row: Filled in.
    /// - Returns: What is odd about the row.
    /// - Throws: ``IngestError`` for its first fault.
    func read(
        _ record: CSVRecord, in bytes: Span<UInt8>, from start: Int, line: Int,
        into row: inout ROAMRow
    ) throws(IngestError) -> Notes {
        for (index, field) in record.fields.enumerated() {
            for position in field.range where bytes[position] == 0 {
                throw IngestError(
                    .malformed(expected: "text", found: "a NUL byte"),
                    at: place(of: index, record, in: bytes, from: start, line: line),
                    hint: "the file is damaged or not text")
            }
        }
        guard record.fields.count == columns.roles.count else {
            throw IngestError(
                .fieldCount(expected: columns.roles.count, found: record.fields.count),
                at: SourceLocation(file: file, line: line),
                hint: !record.isTerminated && record.fields.count < columns.roles.count
                    ? "the file seems to have been cut off inside its last line"
                    : "each row needs one field for each column of the header")
        }
        var notes = Notes()
        for (index, role) in columns.roles.enumerated() where role != .ignored {
            let content = CSVTokenizer.content(of: record.fields[index], in: bytes)
            do throws(CellFault) {
                try read(content, as: role, into: &row, notes: &notes)
            } catch {
                throw IngestError(
                    error.kind,
                    at: place(of: index, record, in: bytes, from: start, line: line),
                    hint: error.hint)
            }
        }
        return notes
    }

    private struct CellFault: Error {
        let kind: IngestError.Kind
        let hint: String
    }

    private func read(
        _ content: [UInt8], as role: ROAMColumns.Role, into row: inout ROAMRow,
        notes: inout Notes
    ) throws(CellFault) {
        switch role {
        case .ignored: break
        case .label: row.label = try Self.label(content)
        case .time: row.time = try Self.time(content)
        case .clock: row.time = try Self.clock(content)
        case .channel(let channel):
            row.samples[channel] = try sample(content, notes: &notes)
        }
    }

    private static func label(_ content: [UInt8]) throws(CellFault) -> UInt8 {
        if case .integer(let value) = CellNumber(content), (0...2).contains(value) {
            return UInt8(value)
        }
        throw CellFault(
            kind: .invalidCell(
                expected: "a class 0 (relax), 1 (open) or 2 (close)", found: text(content)),
            hint: "labels are never rounded or guessed; other classes are read by a template: "
                + ROAMColumns.templateLine("label: gt") + ", and \"classes\" names them")
    }

    private static func time(_ content: [UInt8]) throws(CellFault) -> Double {
        switch CellNumber(content) {
        case .integer(let value): return Double(value)
        case .decimal(let value): return value
        case .tooLarge, .missing, .invalid:
            throw CellFault(
                kind: .invalidCell(expected: "a time in seconds", found: text(content)),
                hint: hint(for: content))
        }
    }

    private static func clock(_ content: [UInt8]) throws(CellFault) -> Double {
        guard let clock = ROAMClock(digits: content) else {
            throw CellFault(
                kind: .invalidCell(
                    expected: "a wall clock YYYYMMDDhhmmssmmm of 17 digits", found: text(content)),
                hint: "a spreadsheet may have rounded it; export the column as text")
        }
        return Double(clock.milliseconds) / 1_000
    }

    private func sample(
        _ content: [UInt8], notes: inout Notes
    ) throws(CellFault) -> Float {
        switch CellNumber(content) {
        case .integer(let value):
            let rounded = Float(value)
            if Int64(exactly: rounded) != value {
                if notes.inexact == 0 { notes.firstInexact = Self.text(content) }
                notes.inexact += 1
            }
            return rounded
        case .decimal(let value) where value.magnitude < 0x1p63:
            return Float(value)
        case .decimal, .tooLarge:
            throw CellFault(
                kind: .invalidCell(
                    expected: "a number below 2^63 in size", found: Self.text(content)),
                hint: "no converter gives such a number; the file is damaged")
        case .missing:
            guard missing == .markAsMissing else {
                throw CellFault(
                    kind: .missingValue(found: Self.text(content)),
                    hint: IngestError.markMissingHint)
            }
            notes.missing += 1
            return .nan
        case .invalid:
            throw CellFault(
                kind: .invalidCell(expected: "a number", found: Self.text(content)),
                hint: Self.hint(for: content))
        }
    }

    /// What to do about a cell that is not a number.
    private static func hint(for content: [UInt8]) -> String {
        if GroupedNumber.recognizes(text(content)) { return GroupedNumber.hint }
        if content.contains(UInt8(ascii: ",")) {
            return "if this is a decimal comma, a template reads it: "
                + ROAMColumns.templateLine("decimal: comma, label: gt")
        }
        if content.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
            return "a blank is not a number; leave the cell empty if the value is missing"
        }
        return "if it says that the value is missing, a template names it: "
            + ROAMColumns.templateLine("label: gt, missing: [\"\(text(content).printable())\"]")
    }

    /// The beginning of a cell's text, for a message.
    private static func text(_ content: [UInt8]) -> String {
        ForeignText.excerpt(content, limit: 200)
    }

    /// Where a field lies.
    private func place(
        of index: Int, _ record: CSVRecord, in bytes: Span<UInt8>, from start: Int, line: Int
    ) -> SourceLocation {
        let field = record.fields[index]
        let name = index < columns.names.count ? columns.names[index] : ""
        let place = CSVRecord.place(
            of: field.range.lowerBound - (field.isQuoted ? 1 : 0), in: bytes, from: start,
            line: line)
        return SourceLocation(
            file: file, line: place.line, column: place.column, field: name.isEmpty ? nil : name)
    }
}
