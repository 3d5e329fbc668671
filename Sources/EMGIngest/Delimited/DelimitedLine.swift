/// Lines and cells of delimited text, found in what has been read so far.
struct DelimitedLine {
    /// The longest line, in bytes.
    static let longest = 4 << 20

    /// The cells of the line, without enclosing quotes and blanks.
    private(set) var cells: [Range<Int>] = []
    /// One past its last byte, before its line end.
    private(set) var end = 0
    /// The first byte of the next line.
    private(set) var next = 0
    /// Whether a line end was there.
    private(set) var isTerminated = false

    /// Finds the end of a line.
    ///
    /// - Returns: Whether it is there.
    mutating func find(
        _ bytes: Span<UInt8>, from start: Int, to limit: Int, isFinal: Bool
    ) -> Bool {
        var position = start
        while position < limit, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
        if position == limit {
            guard isFinal, start < limit else { return false }
            (end, next, isTerminated) = (position, position, false)
            return true
        }
        // A carriage return at the very end may be followed by a line feed.
        if bytes[position] == 0x0D, position + 1 == limit, !isFinal { return false }
        let isPair =
            bytes[position] == 0x0D && position + 1 < limit && bytes[position + 1] == 0x0A
        (end, next, isTerminated) = (position, position + (isPair ? 2 : 1), true)
        return true
    }

    /// Splits the line that was found.
    mutating func split(_ bytes: Span<UInt8>, from start: Int, delimiter: UInt8?) {
        cells.removeAll(keepingCapacity: true)
        guard let delimiter else {
            splitAtBlanks(bytes, from: start)
            return
        }
        var first = start
        while true {
            var position = first
            var isQuoted = false
            if position < end, bytes[position] == Self.quote {
                position += 1
                while position < end, bytes[position] != Self.quote { position += 1 }
                isQuoted = position < end
            }
            while position < end, bytes[position] != delimiter { position += 1 }
            cells.append(Self.trimmed(bytes, first..<position, isQuoted: isQuoted))
            guard position < end else { return }
            first = position + 1
        }
    }

    /// Takes a comment off the end of the cells.
    ///
    /// - Parameters:
    ///   - bytes: What was split.
    ///   - mark: How a comment begins.
    /// - Returns: The comment up to the end of the line, without its mark; `nil` for none.
    mutating func takeComment(_ bytes: Span<UInt8>, mark: [UInt8]) -> Range<Int>? {
        let first = cells.indices.dropFirst().first { index in
            let cell = cells[index]
            return cell.count >= mark.count
                && mark.indices.allSatisfy { bytes[cell.lowerBound + $0] == mark[$0] }
        }
        guard let first else { return nil }
        let start = cells[first].lowerBound + mark.count
        cells.removeLast(cells.count - first)
        return start..<max(start, end)
    }

    /// Whether there is nothing but blanks and delimiters.
    func isBlank(_ bytes: Span<UInt8>, from start: Int) -> Bool {
        for position in start..<end where bytes[position] > 0x20 { return false }
        return true
    }

    private mutating func splitAtBlanks(_ bytes: Span<UInt8>, from start: Int) {
        var position = start
        while position < end {
            while position < end, bytes[position] <= 0x20 { position += 1 }
            guard position < end else { return }
            let first = position
            while position < end, bytes[position] > 0x20 { position += 1 }
            cells.append(
                Self.trimmed(bytes, first..<position, isQuoted: bytes[first] == Self.quote))
        }
    }

    private static func trimmed(
        _ bytes: Span<UInt8>, _ range: Range<Int>, isQuoted: Bool
    ) -> Range<Int> {
        var first = range.lowerBound
        var end = range.upperBound
        while first < end, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
        while end > first, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        if isQuoted, end - first >= 2, bytes[first] == quote, bytes[end - 1] == quote {
            first += 1
            end -= 1
        }
        return first..<end
    }

    private static let quote = UInt8(ascii: "\"")
}
