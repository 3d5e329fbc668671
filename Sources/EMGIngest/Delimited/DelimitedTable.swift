internal import EMGSignal
internal import Foundation

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
        _ url: URL, delimiter: DelimitedLayout.Delimiter
    ) throws(IngestError) -> DelimitedTable {
        let prefix = try SourceFileReader.prefix(of: url, count: ReaderRegistry.prefixLength)
        let location = SourceLocation(file: url.relativePath)
        var used = 0
        switch ContentKind(prefix: prefix) {
        case .empty:
            throw IngestError(.noSamples(found: "the file is empty"), at: location)
        case .other(let name, let hint):
            // A JSON-like first character may well begin a header of text.
            guard name == "JSON" else {
                throw IngestError(
                    .wrongFormat(expected: "delimited text", found: name), at: location,
                    hint: hint)
            }
        case .textWithMark: used = 3
        case .text: break
        }
        return DelimitedTable(
            file: url.relativePath, source: try BufferedSource.open(url), used: used,
            delimiter: delimiter)
    }

    private init(
        file: String, source: consuming BufferedSource, used: Int,
        delimiter wanted: DelimitedLayout.Delimiter
    ) {
        self.file = file
        self.source = source
        self.used = used
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
                        expected: "a line of at most \(DelimitedLine.longest) bytes",
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
    var text: String {
        String(decoding: source.bytes[start..<max(start, line.end)], as: UTF8.self)
    }

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
    func cell(_ index: Int, limit: Int = 200) -> String {
        String(decoding: source.bytes[line.cells[index]].prefix(limit), as: UTF8.self)
    }

    /// The bytes of a cell.
    func bytes(_ index: Int) -> ArraySlice<UInt8> { source.bytes[line.cells[index]] }

    /// A cell as a number in the common short form; `nil` for any other, or none.
    func plainNumber(_ index: Int, decimalMark: UInt8) -> Double? {
        PlainNumber.read(source.bytes.span, line.cells[index], decimalMark: decimalMark)
    }

    /// Where a cell lies.
    func place(_ index: Int, field: String?) -> SourceLocation {
        let column = index < line.cells.count ? line.cells[index].lowerBound - start + 1 : nil
        return SourceLocation(file: file, line: number, column: column, field: field)
    }

    /// How many bytes of the file have been used, of how many.
    var byteCount: Int { source.byteCount }

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

/// Numbers as programs write them, read without the detour over text.
enum PlainNumber {
    /// `[-]digits[.digits]` with at most 15 digits and 22 decimals, which is exact in double
    /// precision (Clinger 1990); `nil` for everything else.
    static func read(
        _ bytes: Span<UInt8>, _ range: Range<Int>, decimalMark: UInt8
    ) -> Double? {
        var position = range.lowerBound
        let end = range.upperBound
        guard position < end, end - position <= 24 else { return nil }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var digits: UInt64 = 0
        var count = 0
        var decimals = 0
        var isFraction = false
        while position < end {
            let byte = bytes[position]
            if byte &- UInt8(ascii: "0") < 10 {
                digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                count += 1
                if isFraction { decimals += 1 }
            } else if byte == decimalMark, !isFraction {
                isFraction = true
            } else {
                return nil
            }
            position += 1
        }
        guard count > 0, count <= 15 else { return nil }
        var value = Double(digits)
        if decimals > 0 { value /= powers[decimals] }
        return isNegative ? -value : value
    }

    private static let powers: [Double] = (0...22).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }
}
