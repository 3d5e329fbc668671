internal import CSV
internal import EMGSignal
internal import Foundation
internal import PrintableText

/// A delimited text file that is read line by line.
struct DelimitedTable: ~Copyable {
    let file: String
    private var source: BufferedSource
    private var line = DelimitedLine()
    private var used = 0
    /// The number of the line that was read last, from 1.
    private(set) var number = 0
    private var delimiter: UInt8?
    private var isSettled = false

    /// Opens a file that begins like text.
    static func open(
        _ url: URL, delimiter: DelimitedLayout.Delimiter, encoding: TextEncoding?
    ) throws(IngestError) -> DelimitedTable {
        let prefix = try SourceFileReader.prefix(of: url, count: ReaderRegistry.prefixLength)
        let location = SourceLocation(file: url.relativePath)
        guard ContentKind.text(prefix, encoding: encoding) != nil else {
            guard case .other(let name, let hint) = ContentKind(prefix: prefix) else {
                throw IngestError(.noSamples(found: "the file is empty"), at: location)
            }
            throw IngestError(
                .wrongFormat(expected: "delimited text", found: name), at: location, hint: hint)
        }
        return DelimitedTable(
            file: url.relativePath, source: try BufferedSource.open(url, encoding: encoding),
            delimiter: delimiter)
    }

    private init(
        file: String, source: consuming BufferedSource, delimiter wanted: DelimitedLayout.Delimiter
    ) {
        self.file = file
        self.source = source
        settle(wanted)
    }

    /// Takes what stands between columns, when that is plain.
    mutating func settle(_ wanted: DelimitedLayout.Delimiter) {
        switch wanted {
        case .byte(let byte):
            delimiter = byte
            isSettled = true
        case .blanks: isSettled = true
        case .automatic: break
        }
    }

    /// Goes to the next line.
    ///
    /// - Returns: Whether there is one.
    mutating func advance() throws(IngestError) -> Bool {
        // Out of the table while it is filled: bytes and line may not be borrowed together.
        var found = DelimitedLine()
        swap(&found, &line)
        defer { swap(&found, &line) }
        while true {
            if found.find(source.bytes.span, from: used, to: source.end, isFinal: source.isFinal) {
                break
            }
            guard !source.isFinal else { return false }
            guard source.end - used <= DelimitedLine.longest else {
                throw IngestError(
                    .malformed(
                        expected: "a line of at most \(DelimitedLine.longest, of: "byte")",
                        found: "a longer one"),
                    at: SourceLocation(file: file, line: number + 1))
            }
            try source.advance(used: used)
            used = 0
        }
        start = used
        used = found.next
        number += 1
        return true
    }

    /// The first byte of the line that was read last.
    private var start = 0

    /// The whole text of the line.
    func text(_ texts: inout TextDecoding) throws(IngestError) -> String {
        try decode(source.bytes[start..<max(start, line.end)], &texts, at: location)
    }

    /// The beginning of the line, for messages.
    var excerpt: String {
        ForeignText.excerpt(source.bytes[start..<max(start, line.end)], limit: 80)
    }

    /// The line that was read last.
    var location: SourceLocation { SourceLocation(file: file, line: number) }

    /// Whether there is nothing in the line.
    var isBlank: Bool { line.isBlank(source.bytes.span, from: start) }

    /// Whether the line begins with a text.
    func begins(with text: String) -> Bool {
        source.bytes[start..<max(start, line.end)].starts(with: text.utf8)
    }

    /// Whether the last line has a line end.
    var isTerminated: Bool { line.isTerminated }

    /// Splits the line into cells.
    mutating func split() {
        if !isSettled { settle() }
        var found = DelimitedLine()
        swap(&found, &line)
        found.split(source.bytes.span, from: start, delimiter: delimiter)
        swap(&found, &line)
    }

    /// The number of cells of the line.
    var count: Int { line.cells.count }

    /// The text of a cell.
    func cell(
        _ index: Int, _ texts: inout TextDecoding
    ) throws(IngestError) -> String {
        try decode(source.bytes[line.cells[index]], &texts, at: place(index, field: nil))
    }

    /// The beginning of a cell's text, for messages.
    func excerpt(_ index: Int) -> String {
        ForeignText.excerpt(source.bytes[line.cells[index]], limit: 200)
    }

    private func decode(
        _ bytes: ArraySlice<UInt8>, _ texts: inout TextDecoding, at location: SourceLocation
    ) throws(IngestError) -> String {
        do throws(TextDecoding.Conflict) {
            return try texts.decode(bytes, line: number)
        } catch {
            throw IngestError(
                .malformed(expected: error.expected, found: error.found), at: location,
                hint: error.hint)
        }
    }

    /// The bytes of a cell.
    func bytes(_ index: Int) -> ArraySlice<UInt8> { source.bytes[line.cells[index]] }

    /// A cell as a number in the common short form; `nil` for any other, or none.
    func plainNumber(_ index: Int, decimalMark: UInt8) -> Double? {
        PlainNumber.read(source.bytes.span, line.cells[index], decimalMark: decimalMark)
    }

    /// What the numbers of the line that was split have before their decimals.
    func decimalMark(_ wanted: DelimitedLayout.DecimalMark) -> UInt8 {
        let (point, comma) = (UInt8(ascii: "."), UInt8(ascii: ","))
        switch wanted {
        case .point: return point
        case .comma: return comma
        case .automatic:
            guard delimiter != comma else { return point }
            return line.cells.contains { source.bytes[$0].contains(comma) }
                && !line.cells.contains { source.bytes[$0].contains(point) } ? comma : point
        }
    }

    /// The key of a delimiter that stands in the line that was split, where the one in use does
    /// not; `nil` when the line has more than one cell or nothing that may be one.
    var otherDelimiter: String? {
        guard line.cells.count == 1 else { return nil }
        let bytes = source.bytes[line.cells[0]]
        let names: [(UInt8, String)] = [
            (UInt8(ascii: "\t"), "tab"), (UInt8(ascii: ";"), "semicolon"),
            (UInt8(ascii: ","), "comma"), (UInt8(ascii: " "), "blanks"),
        ]
        return names.first { $0.0 != delimiter && bytes.contains($0.0) }?.1
    }

    /// Where a cell lies.
    func place(_ index: Int, field: String?) -> SourceLocation {
        let column = index < line.cells.count ? line.cells[index].lowerBound - start + 1 : nil
        return SourceLocation(file: file, line: number, column: column, field: field)
    }

    private mutating func settle() {
        let bytes = source.bytes[start..<max(start, line.end)]
        for candidate in [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")]
        where bytes.contains(candidate) {
            delimiter = candidate
            break
        }
        isSettled = true
    }
}
