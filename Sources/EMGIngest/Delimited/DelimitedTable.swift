internal import CSV
internal import EMGSignal
internal import Foundation
internal import PrintableText

/// A delimited text file that is read line by line.
struct DelimitedTable: ~Copyable {
    let file: String
    let url: URL
    private var source: BufferedSource
    private var line = DelimitedLine()
    private var used = 0
    /// The number of the line that was read last, from 1.
    private(set) var number = 0
    private var delimiter: UInt8?
    private var isSettled = false
    /// How a comment behind the cells of a row begins; empty for none.
    private let rowComment: [UInt8]
    /// The comment behind the cells of the line that was split, without its mark.
    private(set) var comment: Range<Int>?

    /// Opens a file that begins like text.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - layout: How it is laid out.
    ///   - delimiter: What stands between columns, when that is known better than from the layout.
    /// - Returns: The table before its first line.
    /// - Throws: ``IngestError`` when it cannot be read or is no text.
    static func open(
        _ url: URL, layout: DelimitedLayout, delimiter: DelimitedLayout.Delimiter? = nil
    ) throws(IngestError) -> DelimitedTable {
        let encoding = layout.encoding
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
            url: url, source: try BufferedSource.open(url, encoding: encoding), layout: layout,
            delimiter: delimiter ?? layout.delimiter)
    }

    private init(
        url: URL, source: consuming BufferedSource, layout: DelimitedLayout,
        delimiter wanted: DelimitedLayout.Delimiter
    ) {
        self.url = url
        file = url.relativePath
        self.source = source
        rowComment = Array((layout.rowComment ?? "").utf8)
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
                    at: SourceLocation(file: file, line: number + 1),
                    hint: "a table has a line for each sample: this may be another kind of file")
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

    /// The bytes of the line, without its end.
    var lineBytes: ArraySlice<UInt8> { source.bytes[start..<max(start, line.end)] }

    /// The line as text, what is not UTF-8 replaced: for patterns of plain characters.
    var plainText: String { ForeignText.decode(lineBytes) }

    /// The beginning of the line, for messages.
    var excerpt: String { ForeignText.excerpt(lineBytes, limit: 80) }

    /// Whether the line may begin with a text in lower case: its first letter does.
    func mayBegin(with prefix: String) -> Bool {
        guard let wanted = prefix.utf8.first, wanted < 0x80 else { return true }
        let first = lineBytes.first { $0 != 0x20 && $0 != 0x09 } ?? 0
        return first == wanted
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
                && first | 0x20 == wanted
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
        if !isSettled { settle(by: lineBytes) }
        split(by: delimiter)
    }

    /// Splits the line by what it seems to have between its cells, where that is not settled.
    private mutating func splitLoosely() {
        split(by: isSettled ? delimiter : Self.delimiter(of: lineBytes))
    }

    private mutating func split(by delimiter: UInt8?) {
        var found = DelimitedLine()
        swap(&found, &line)
        found.split(source.bytes.span, from: start, delimiter: delimiter)
        comment = rowComment.isEmpty ? nil : found.takeComment(source.bytes.span, mark: rowComment)
        swap(&found, &line)
    }

    /// The bytes of the comment behind the cells; `nil` for none.
    var commentBytes: ArraySlice<UInt8>? { comment.map { source.bytes[$0] } }

    /// Whether the line is one of numbers more than of texts, and begins with a number.
    mutating func isRow(_ layout: DelimitedLayout) -> Bool {
        splitLoosely()
        var (numbers, others) = (0, 0)
        for cell in line.cells where !cell.isEmpty {
            let bytes = source.bytes[cell]
            if Self.isNumber(bytes)
                || layout.clock?.unit == .wallClock && WallClock(bytes) != nil
                || numbers > 0 && layout.missingTokens.contains(Array(bytes))
            {
                numbers += 1
            } else {
                guard numbers > 0 else { return false }
                others += 1
            }
        }
        return numbers > others
    }

    private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
        let pointed = bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
        switch CellNumber(pointed) {
        case .integer, .decimal, .tooLarge, .missing: return true
        case .invalid: return false
        }
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

    /// The text of bytes of another line.
    func decode(
        _ bytes: ArraySlice<UInt8>, line: Int, _ texts: inout TextDecoding
    ) throws(IngestError) -> String {
        try decode(bytes, &texts, at: SourceLocation(file: file, line: line))
    }

    private func decode(
        _ bytes: ArraySlice<UInt8>, _ texts: inout TextDecoding, at location: SourceLocation
    ) throws(IngestError) -> String {
        do throws(TextDecoding.Conflict) {
            return try texts.decode(bytes, line: location.line ?? number)
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

    /// The key of a delimiter that stands in a line of one cell, where the one in use does not;
    /// `nil` when there is nothing that may be one.
    func otherDelimiter(in bytes: ArraySlice<UInt8>) -> String? {
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

    /// Takes what stands between columns from a line, when it is not settled yet.
    mutating func settle(by bytes: ArraySlice<UInt8>) {
        guard !isSettled else { return }
        delimiter = Self.delimiter(of: bytes)
        isSettled = true
    }

    /// What seems to stand between the cells of a line; `nil` for blanks.
    private static func delimiter(of bytes: ArraySlice<UInt8>) -> UInt8? {
        [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")].first { bytes.contains($0) }
    }

    /// The cells of another line, divided as this table's lines are.
    func cells(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var line = DelimitedLine()
        _ = line.find(bytes.span, from: 0, to: bytes.count, isFinal: true)
        line.split(bytes.span, from: 0, delimiter: delimiter)
        return line.cells.map { bytes[$0] }
    }
}
