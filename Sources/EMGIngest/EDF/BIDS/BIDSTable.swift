internal import EMGFormats
internal import Foundation
internal import PrintableText

/// A tab-separated table of a BIDS data set: names of columns in the first line, `n/a` for what is
/// not known. Tables are UTF-8; what other programs made of them is read, with a warning.
struct BIDSTable: Sendable, Hashable {
    /// One cell with its place.
    struct Cell: Sendable, Hashable {
        /// The text; `nil` for `n/a` and empty cells.
        let text: String?
        /// Where it stands.
        let location: SourceLocation
    }

    /// The names of the columns.
    let columns: [String]
    /// The rows, each with one cell a column.
    let rows: [[Cell]]
    /// The table's name in messages.
    let file: String
    /// What was assumed of its encoding.
    let warnings: [IngestWarning]

    /// The largest table that is read, in bytes.
    private static let largest = 32 << 20

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - required: Columns that must be there.
    /// - Throws: ``IngestError`` with line and column of the first fault.
    init(_ url: URL, required: [String]) throws(IngestError) {
        let file = url.relativePath
        self.file = file
        let (bytes, encoding) = try Self.bytes(url, file: file)
        warnings =
            encoding == .utf8
            ? []
            : [
                IngestWarning(
                    .encoding, at: SourceLocation(file: file),
                    message: "the table is not UTF-8 and is read as \(encoding.title)")
            ]
        var columns: [String] = []
        var rows: [[Cell]] = []
        for (index, line) in Self.lines(bytes).enumerated() {
            let place = SourceLocation(file: file, line: index + 1)
            guard !line.isEmpty else {
                guard rows.isEmpty, columns.isEmpty else { continue }
                throw IngestError(
                    .malformed(expected: "the names of columns", found: "an empty line"),
                    at: place)
            }
            let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
            if columns.isEmpty {
                columns = fields.map { Self.text($0, encoding) }
                try Self.check(columns, required: required, at: place)
                continue
            }
            guard fields.count == columns.count else {
                throw IngestError(
                    .fieldCount(expected: columns.count, found: fields.count), at: place,
                    hint: "columns are separated by single tabs; write n/a for an empty one")
            }
            rows.append(
                zip(columns, fields).map { name, field in
                    let text = Self.text(field, encoding)
                    return Cell(
                        text: text.isEmpty || text.lowercased() == BIDS.unknown ? nil : text,
                        location: SourceLocation(
                            file: file, line: index + 1,
                            column: field.startIndex - line.startIndex + 1, field: name))
                })
        }
        guard !columns.isEmpty else {
            throw IngestError(
                .noSamples(found: "the table is empty"), at: SourceLocation(file: file))
        }
        self.columns = columns
        self.rows = rows
    }

    /// The number of a column.
    func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

    /// The text of a table without its byte order mark, and its encoding: one for the whole.
    private static func bytes(
        _ url: URL, file: String
    ) throws(IngestError) -> (bytes: [UInt8], encoding: TextEncoding) {
        let source = try PositionedFile(url)
        guard source.byteCount <= largest else {
            throw IngestError(
                .unsupported(feature: "a table of \(source.byteCount, of: "byte")"),
                at: SourceLocation(file: file))
        }
        let bytes = try source.bytes(at: 0, count: source.byteCount)
        guard let text = ContentKind.text(bytes) else {
            guard case .other(let name, let hint) = ContentKind(prefix: bytes) else {
                return ([], .utf8)
            }
            throw IngestError(
                .wrongFormat(expected: "a tab-separated table", found: name),
                at: SourceLocation(file: file), hint: hint)
        }
        if TextEncoding.utf8.decode(text) != nil { return (text, .utf8) }
        return (text, text.contains { 0x80..<0xA0 ~= $0 } ? .windows1252 : .latin1)
    }

    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.last == 0x0D ? line.dropLast() : line
        }
    }

    private static func check(
        _ columns: [String], required: [String], at place: SourceLocation
    ) throws(IngestError) {
        for name in required where !columns.contains(name) {
            throw IngestError(
                .missingColumn(name: name, found: columns), at: place,
                hint: columns.count == 1 ? "columns are separated by tabs" : "")
        }
        var seen: Set<String> = []
        for name in columns where !seen.insert(name).inserted {
            throw IngestError(.duplicateColumn(name: name), at: place)
        }
    }

    private static func text(_ field: ArraySlice<UInt8>, _ encoding: TextEncoding) -> String {
        (encoding.decode(field) ?? "").trimmingCharacters(in: .whitespaces)
    }
}
