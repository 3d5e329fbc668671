internal import CSV
internal import EMGFormats
internal import PrintableText

/// The cells of a table of events.
struct LabelTableText: Sendable {
    /// One cell with its place.
    struct Cell: Sendable {
        /// The text; `nil` for `n/a` and empty cells.
        let text: String?
        /// Where it stands.
        let location: SourceLocation
        /// Whether commas are decimal marks.
        let hasDecimalCommas: Bool

        /// The number; `nil` when there is none.
        ///
        /// - Throws: ``IngestError`` for a text that is no number.
        func number(expected: String) throws(IngestError) -> Double? {
            guard let text else { return nil }
            let pointed = hasDecimalCommas ? text.replacing(",", with: ".") : text
            let number: Double
            switch CellNumber(Array(pointed.utf8)) {
            case .integer(let value): number = Double(value)
            case .decimal(let value): number = value
            case .missing: return nil
            case .tooLarge, .invalid:
                throw IngestError(
                    .invalidCell(expected: expected, found: text), at: location,
                    hint: "write n/a for what is not known")
            }
            guard abs(number) < 1e12 else {
                throw IngestError(.invalidCell(expected: expected, found: text), at: location)
            }
            return number
        }
    }

    /// The names of the columns.
    let names: [String]
    /// Where they stand.
    let headLine: Int
    /// The rows, each with one cell a column.
    let rows: [[Cell]]
    /// What was assumed of the encoding.
    let warnings: [IngestWarning]

    /// - Parameters:
    ///   - bytes: The text.
    ///   - file: Its name in messages.
    ///   - firstLine: The line of the file with which the text begins.
    /// - Throws: ``IngestError`` with the line of the first fault.
    init(_ bytes: [UInt8], file: String, firstLine: Int = 1) throws(IngestError) {
        guard let text = ContentKind.text(bytes) else {
            guard case .other(let name, let hint) = ContentKind(prefix: bytes) else {
                throw Self.empty(file)
            }
            throw IngestError(
                .wrongFormat(expected: "a table of events", found: name),
                at: SourceLocation(file: file), hint: hint)
        }
        let encoding: TextEncoding =
            TextEncoding.utf8.decode(text) != nil
            ? .utf8 : text.contains { 0x80..<0xA0 ~= $0 } ? .windows1252 : .latin1
        warnings =
            encoding == .utf8
            ? []
            : [
                IngestWarning(
                    .encoding, at: SourceLocation(file: file),
                    message: "the table is not UTF-8 and is read as \(encoding.title)")
            ]
        var names: [String] = []
        var headLine = firstLine
        var rows: [[Cell]] = []
        var line = DelimitedLine()
        var (start, number) = (0, firstLine - 1)
        var delimiter = UInt8(ascii: ",")
        while line.find(text.span, from: start, to: text.count, isFinal: true) {
            number += 1
            defer { start = line.next }
            guard !line.isBlank(text.span, from: start), text[start] != UInt8(ascii: "#") else {
                continue
            }
            if names.isEmpty { delimiter = Self.delimiter(of: text[start..<line.end]) }
            line.split(text.span, from: start, delimiter: delimiter)
            let texts = line.cells.map { encoding.decode(text[$0]) ?? "" }
            guard !names.isEmpty else {
                (names, headLine) = (texts, number)
                continue
            }
            guard texts.count == names.count else {
                throw IngestError(
                    .fieldCount(expected: names.count, found: texts.count),
                    at: SourceLocation(file: file, line: number),
                    hint: "write n/a for what is not known, and quotes round texts with separators")
            }
            rows.append(
                texts.indices.map { column in
                    let text = texts[column]
                    return Cell(
                        text: text.isEmpty || text.lowercased() == BIDS.unknown ? nil : text,
                        location: SourceLocation(
                            file: file, line: number,
                            column: line.cells[column].lowerBound - start + 1,
                            field: names[column]),
                        hasDecimalCommas: delimiter == UInt8(ascii: ";"))
                })
        }
        guard !names.isEmpty else { throw Self.empty(file) }
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            throw IngestError(
                .duplicateColumn(name: name), at: SourceLocation(file: file, line: headLine))
        }
        self.names = names
        self.headLine = headLine
        self.rows = rows
    }

    private static func empty(_ file: String) -> IngestError {
        IngestError(
            .malformed(expected: "the names of columns", found: "an empty table"),
            at: SourceLocation(file: file),
            hint: "the first line names the columns, for example onset,duration,label")
    }

    /// Which separator a head has: a tab wherever there is one, then a semicolon.
    private static func delimiter(of head: ArraySlice<UInt8>) -> UInt8 {
        for mark in [UInt8(ascii: "\t"), UInt8(ascii: ";")] where head.contains(mark) {
            return mark
        }
        return UInt8(ascii: ",")
    }
}
