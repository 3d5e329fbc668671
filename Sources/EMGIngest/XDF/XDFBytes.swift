internal import PrintableText

/// The bytes of a file from front to back: a window of it is in memory.
struct XDFBytes {
    /// How many bytes are read at a time, unless a value has more.
    private static let pieceBytes = 1 << 20

    /// The next byte.
    private(set) var position: Int
    /// The window.
    private(set) var window: [UInt8] = []
    /// Where the window begins.
    private var windowStart = 0

    private let source: PositionedFile

    /// The size of the file.
    var byteCount: Int { source.byteCount }
    /// The file as the caller named it.
    var file: String { source.name }

    init(_ source: PositionedFile, at position: Int) {
        self.source = source
        self.position = position
    }

    /// Makes sure that bytes are in the window.
    ///
    /// - Parameters:
    ///   - count: How many from here; the caller has bounded it.
    ///   - end: One past the last byte that they may reach to.
    ///   - what: What they are, for the error.
    /// - Returns: The place of the first in ``window``.
    /// - Throws: ``IngestError`` when they go beyond the end.
    @inline(__always)
    mutating func need(_ count: Int, before end: Int, _ what: String) throws(IngestError) -> Int {
        guard count <= end - position else { throw beyond(count, end, what) }
        let start = position - windowStart
        if start >= 0, start + count <= window.count { return start }
        try fill(count)
        return 0
    }

    /// How many bytes are in the window from here.
    var waiting: Int { max(0, windowStart + window.count - position) }

    /// Goes on.
    @inline(__always)
    mutating func skip(_ count: Int) { position += count }

    /// Goes to a place.
    mutating func seek(_ place: Int) { position = place }

    private mutating func fill(_ count: Int) throws(IngestError) {
        let wanted = min(max(count, Self.pieceBytes), source.byteCount - position)
        guard count <= wanted else { throw beyond(count, source.byteCount, "more") }
        window = try source.bytes(at: position, count: wanted)
        windowStart = position
    }

    private func beyond(_ count: Int, _ end: Int, _ what: String) -> IngestError {
        IngestError(
            .malformed(
                expected: "\(what), \(count, of: "byte")",
                found: "\(max(0, end - position)) bytes to the end of the chunk"),
            at: SourceLocation(file: file, byte: position), hint: XDFChunk.hint)
    }

    /// A byte.
    mutating func byte(before end: Int, _ what: String) throws(IngestError) -> UInt8 {
        let place = try need(1, before: end, what)
        position += 1
        return window[place]
    }

    /// A whole number without a sign, of 2, 4 or 8 bytes.
    mutating func natural(
        _ count: Int, before end: Int, _ what: String
    ) throws(IngestError) -> UInt64 {
        let place = try need(count, before: end, what)
        position += count
        return ByteOrder.littleEndian.unsigned(window.span, at: place, count: count)
    }

    /// A number of 8 bytes (IEEE 754).
    mutating func double(before end: Int, _ what: String) throws(IngestError) -> Double {
        Double(bitPattern: try natural(8, before: end, what))
    }

    /// A length: a byte says how many bytes its number has (1, 4 or 8).
    mutating func length(before end: Int, _ what: String) throws(IngestError) -> Int {
        let start = position
        let width = try byte(before: end, what)
        guard width == 1 || width == 4 || width == 8 else {
            throw IngestError(
                .malformed(
                    expected: "\(what) whose number has 1, 4 or 8 bytes", found: "\(width)"),
                at: SourceLocation(file: file, byte: start), hint: XDFChunk.hint)
        }
        return Int(clamping: try natural(Int(width), before: end, what))
    }

    /// Bytes as they are.
    mutating func bytes(_ count: Int, before end: Int, _ what: String) throws(IngestError)
        -> ArraySlice<UInt8>
    {
        let place = try need(count, before: end, what)
        position += count
        return window[place..<place + count]
    }
}
