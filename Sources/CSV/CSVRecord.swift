internal import PrintableText

/// One record of a comma-separated file with its place, for readers that report faults by line.
package struct CSVRecord: Sendable {
    /// The longest record that is put together before the file is called damaged, in bytes.
    private static let longest = 4 << 20

    /// The fields.
    package private(set) var fields: [CSVTokenizer.Field] = []
    /// The first byte behind it.
    package private(set) var end = 0
    /// How many line ends it consumed.
    package private(set) var lines = 0
    /// Whether it ends in a line end.
    package private(set) var isTerminated = false

    /// Creates a record of nothing.
    package init() {}

    /// Reads the record at the beginning of some bytes.
    ///
    /// - Parameters:
    ///   - bytes: What has been read so far.
    ///   - start: The record's first byte.
    ///   - end: One past the last byte that counts.
    ///   - isFinal: Whether the file ends there.
    ///   - line: The line on which the record starts.
    /// - Returns: Whether there is a whole record.
    /// - Throws: ``CSVError`` for a fault in its quotes, or when it is far too long.
    package mutating func read(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, isFinal: Bool, line: Int
    ) throws(CSVError) -> Bool {
        guard start < end else { return false }
        do throws(CSVTokenizer.Fault) {
            let step = try CSVTokenizer.split(
                bytes, from: start, to: end, isFinal: isFinal, fields: &fields)
            if case .record(let end, let lines, let isTerminated) = step {
                self.end = end
                self.lines = lines
                self.isTerminated = isTerminated
                return true
            }
        } catch {
            throw CSVError(
                expected: error.expected, found: error.found,
                at: Self.place(of: error.offset, in: bytes, from: start, line: line),
                hint: "a quote inside a quoted field is written twice")
        }
        guard end - start <= Self.longest else {
            throw CSVError(
                expected: "a line of at most \(Self.longest) bytes", found: "a longer one",
                at: (line, nil), hint: "a quote may have been opened and never closed")
        }
        return false
    }

    /// Whether there is nothing but blanks in it.
    package func isBlank(_ bytes: Span<UInt8>) -> Bool {
        guard fields.count == 1, !fields[0].isQuoted else { return false }
        for position in fields[0].range {
            guard bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t")
            else { return false }
        }
        return true
    }

    /// The beginning of a field's text.
    package func text(_ index: Int, in bytes: Span<UInt8>, limit: Int = 200) -> String {
        let content = CSVTokenizer.content(of: fields[index], in: bytes)
        return ForeignText.excerpt(content, limit: limit)
    }

    /// Line and column of a byte, both from 1.
    ///
    /// - Parameters:
    ///   - offset: The byte.
    ///   - bytes: What has been read so far.
    ///   - start: The first byte of the record.
    ///   - line: The line on which the record starts.
    /// - Returns: The place for an error.
    package static func place(
        of offset: Int, in bytes: Span<UInt8>, from start: Int, line: Int
    ) -> (line: Int, column: Int?) {
        var line = line
        var lineStart = start
        for position in start..<offset {
            let byte = bytes[position]
            let isPair =
                byte == UInt8(ascii: "\r") && position + 1 < offset
                && bytes[position + 1] == UInt8(ascii: "\n")
            if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !isPair) {
                line += 1
                lineStart = position + 1
            }
        }
        return (line, offset - lineStart + 1)
    }
}
