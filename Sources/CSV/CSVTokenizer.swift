/// Splits bytes into the records and fields of comma-separated values (RFC 4180).
///
/// Beyond the letter of the standard: a line ends with LF, CRLF or a lone CR; a quote inside a
/// field that does not start with one stands for itself. The tokenizer knows no files: it works
/// on what has been read so far and says when it needs more.
package enum CSVTokenizer {
    /// Where a field lies in the bytes, without its enclosing quotes.
    package struct Field: Sendable, Hashable {
        /// The bytes of its content; doubled quotes are still doubled.
        package let range: Range<Int>
        /// Whether it stood in quotes.
        package let isQuoted: Bool
    }

    /// What stands at the beginning of the bytes.
    package enum Step: Sendable, Hashable {
        /// A record that ends before byte `end` and consumed `lines` line ends. Without a line
        /// end (`isTerminated`) it is the last of the file.
        case record(end: Int, lines: Int, isTerminated: Bool)
        /// The record is not complete in these bytes.
        case needsMoreBytes
    }

    /// A fault in the quoting.
    package struct Fault: Error, Hashable {
        /// What should stand there.
        package let expected: String
        /// What does.
        package let found: String
        /// At which byte.
        package let offset: Int
    }

    /// Splits one record.
    ///
    /// - Parameters:
    ///   - bytes: What has been read so far.
    ///   - start: The first byte of the record; below `end`.
    ///   - end: One past the last byte that counts.
    ///   - isFinal: Whether the file ends there.
    ///   - fields: Replaced by the record's fields, of which there is at least one.
    /// - Returns: Where the record ends.
    /// - Throws: ``Fault`` for an open quote or text behind a closing one.
    package static func split(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, isFinal: Bool,
        fields: inout [Field]
    ) throws(Fault) -> Step {
        fields.removeAll(keepingCapacity: true)
        var position = start
        var lines = 0
        while true {
            if position < end, bytes[position] == quote {
                guard
                    let closing = try closingQuote(
                        bytes, from: position, to: end, isFinal: isFinal, lines: &lines)
                else { return .needsMoreBytes }
                fields.append(Field(range: position + 1..<closing, isQuoted: true))
                position = closing + 1
            } else {
                let first = position
                while position < end, !isEndOfField(bytes[position]) { position += 1 }
                fields.append(Field(range: first..<position, isQuoted: false))
            }
            guard position < end else {
                return isFinal
                    ? .record(end: end, lines: lines, isTerminated: false) : .needsMoreBytes
            }
            switch bytes[position] {
            case comma:
                position += 1
            case lineFeed:
                return .record(end: position + 1, lines: lines + 1, isTerminated: true)
            case carriageReturn:
                if position + 1 == end, !isFinal { return .needsMoreBytes }
                let isPair = position + 1 < end && bytes[position + 1] == lineFeed
                return .record(
                    end: position + (isPair ? 2 : 1), lines: lines + 1, isTerminated: true)
            default:
                throw Fault(
                    expected: "a comma or the end of the line behind a closing quote",
                    found: "byte \(bytes[position])", offset: position)
            }
        }
    }

    /// A field's content with doubled quotes undone.
    package static func content(of field: Field, in bytes: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(field.range.count)
        var position = field.range.lowerBound
        while position < field.range.upperBound {
            result.append(bytes[position])
            position += field.isQuoted && bytes[position] == quote ? 2 : 1
        }
        return result
    }

    /// The place of the quote that closes the one at `start`; `nil` when it is not there yet.
    private static func closingQuote(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, isFinal: Bool, lines: inout Int
    ) throws(Fault) -> Int? {
        var position = start + 1
        while position < end {
            switch bytes[position] {
            case quote:
                if position + 1 == end { return isFinal ? position : nil }
                guard bytes[position + 1] == quote else { return position }
                position += 1
            case lineFeed:
                lines += 1
            case carriageReturn:
                let isPair = position + 1 < end && bytes[position + 1] == lineFeed
                if !isPair { lines += 1 }
            default:
                break
            }
            position += 1
        }
        guard isFinal else { return nil }
        throw Fault(
            expected: "a closing quote", found: "the end of the file", offset: start)
    }

    private static func isEndOfField(_ byte: UInt8) -> Bool {
        byte == comma || byte == lineFeed || byte == carriageReturn
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
