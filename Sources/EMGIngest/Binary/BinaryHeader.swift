internal import Foundation
internal import PrintableText

/// Bytes of a file that were read at once, with fields at known places. Each length is checked
/// before it is trusted; a field that is not there is an error with its place.
struct BinaryHeader: Sendable, Hashable {
    /// The bytes.
    let bytes: [UInt8]
    /// Where the first of them is in the file.
    let start: Int
    /// The file as the caller named it.
    let file: String
    /// How numbers are stored.
    var order: ByteOrder

    /// Takes bytes that were read.
    init(_ bytes: [UInt8], start: Int, file: String, order: ByteOrder) {
        self.bytes = bytes
        self.start = start
        self.file = file
        self.order = order
    }

    /// Reads a range of a file.
    ///
    /// - Parameters:
    ///   - source: The file.
    ///   - start: The first byte.
    ///   - count: How many bytes; the caller has bounded it.
    ///   - order: How numbers are stored.
    ///   - what: What the range holds, for the error.
    /// - Throws: ``IngestError`` when the file ends before.
    init(
        _ source: PositionedFile, at start: Int, count: Int, order: ByteOrder, what: String
    ) throws(IngestError) {
        guard start >= 0, count >= 0, start <= source.byteCount - count else {
            throw IngestError(
                .malformed(
                    expected: "\(what), \(count, of: "byte")",
                    found: "the end of the file at byte \(source.byteCount)"),
                at: SourceLocation(file: source.name, byte: max(0, start)),
                hint: "the file was cut; copy it again from where it was recorded")
        }
        self.init(
            try source.bytes(at: start, count: count), start: start, file: source.name,
            order: order)
    }

    /// A place in the file, for messages.
    func place(_ offset: Int, _ field: String? = nil, object: String? = nil) -> SourceLocation {
        SourceLocation(file: file, field: field, byte: start + offset, object: object)
    }

    /// Makes sure that a field is there.
    func check(_ offset: Int, _ count: Int, _ field: String) throws(IngestError) {
        guard offset >= 0, count >= 0, offset <= bytes.count - count else {
            throw IngestError(
                .malformed(
                    expected: "\(field), \(count, of: "byte")",
                    found: "the end of the header \(max(0, bytes.count - offset)) bytes on"),
                at: place(offset, field),
                hint: "the file is damaged or was cut; copy it again from where it was recorded")
        }
    }

    /// A whole number with a sign, of 1 to 8 bytes.
    func integer(_ offset: Int, _ count: Int, _ field: String) throws(IngestError) -> Int {
        try check(offset, count, field)
        return Int(order.signed(bytes.span, at: offset, count: count))
    }

    /// A whole number without a sign, of 1 to 7 bytes.
    func natural(_ offset: Int, _ count: Int, _ field: String) throws(IngestError) -> Int {
        try check(offset, count, field)
        return Int(order.unsigned(bytes.span, at: offset, count: count))
    }

    /// A number of 8 bytes (IEEE 754).
    func double(_ offset: Int, _ field: String) throws(IngestError) -> Double {
        try check(offset, 8, field)
        return Double(bitPattern: order.unsigned(bytes.span, at: offset, count: 8))
    }

    /// A text up to its first NUL, without blanks around it.
    func text(_ offset: Int, _ count: Int, _ field: String) throws(IngestError) -> String {
        try check(offset, count, field)
        let text = ForeignText.decode(bytes[offset..<offset + count].prefix { $0 != 0 })
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
