/// The tag of a data element (MAT-File Format, MathWorks, "Data Element Format").
struct MATLABElement: Sendable, Hashable {
    /// What its bytes are.
    let kind: Int
    /// How many bytes it has.
    let byteCount: Int
    /// How many bytes fill up the last eight.
    let padding: Int

    /// A matrix, with elements of its own inside.
    static let matrix = 14
    /// An element in a zlib stream.
    static let compressed = 15

    /// Reads a tag; `bytes` stands at its data afterwards.
    ///
    /// - Parameters:
    ///   - bytes: Where it begins.
    ///   - isBigEndian: The byte order of the file.
    /// - Returns: The tag.
    /// - Throws: ``IngestError`` when bytes are missing.
    static func read(
        _ bytes: inout MATLABBytes, isBigEndian: Bool
    ) throws(IngestError) -> MATLABElement {
        let word = try word(&bytes, isBigEndian: isBigEndian)
        if word >> 16 != 0 {
            // A small one: its size, its kind and up to four bytes of data in eight.
            let count = word >> 16
            guard count <= 4 else {
                throw IngestError(
                    .malformed(expected: "at most 4 bytes in a small element", found: "\(count)"),
                    at: bytes.location, hint: "the file is damaged; make or copy it again")
            }
            return MATLABElement(kind: word & 0xFFFF, byteCount: count, padding: 4 - count)
        }
        let count = try self.word(&bytes, isBigEndian: isBigEndian)
        return MATLABElement(kind: word, byteCount: count, padding: (8 - count % 8) % 8)
    }

    /// An unsigned word of 32 bits.
    static func word(_ bytes: inout MATLABBytes, isBigEndian: Bool) throws(IngestError) -> Int {
        word(try bytes.read(4)[...], isBigEndian: isBigEndian)
    }

    /// Four bytes as an unsigned word.
    static func word(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> Int {
        var value = 0
        for byte in isBigEndian ? Array(bytes) : bytes.reversed() { value = value << 8 | Int(byte) }
        return value
    }
}

/// How numbers are stored (`miINT8` to `miUINT64`).
enum MATLABNumber: Int, Sendable, Hashable {
    case int8 = 1
    case uint8 = 2
    case int16 = 3
    case uint16 = 4
    case int32 = 5
    case uint32 = 6
    case single = 7
    case double = 9
    case int64 = 12
    case uint64 = 13
    /// UTF-8 code units.
    case utf8 = 16
    /// UTF-16 code units.
    case utf16 = 17

    /// The bytes of one.
    var byteCount: Int {
        switch self {
        case .int8, .uint8, .utf8: 1
        case .int16, .uint16, .utf16: 2
        case .int32, .uint32, .single: 4
        case .double, .int64, .uint64: 8
        }
    }

    /// Unpacks numbers.
    func unpack(_ bytes: [UInt8], isBigEndian: Bool) -> [Double] {
        let size = byteCount
        let source = bytes.span
        var numbers: [Double] = []
        numbers.reserveCapacity(bytes.count / size)
        for start in stride(from: 0, to: bytes.count - size + 1, by: size) {
            var word: UInt64 = 0
            for index in 0..<size {
                let byte = source[start + (isBigEndian ? index : size - 1 - index)]
                word = word << 8 | UInt64(byte)
            }
            numbers.append(number(word))
        }
        return numbers
    }

    @inline(__always)
    private func number(_ word: UInt64) -> Double {
        switch self {
        case .int8: Double(Int8(truncatingIfNeeded: word))
        case .int16: Double(Int16(truncatingIfNeeded: word))
        case .int32: Double(Int32(truncatingIfNeeded: word))
        case .int64: Double(Int64(bitPattern: word))
        case .uint8, .uint16, .uint32, .uint64, .utf8, .utf16: Double(word)
        case .single: Double(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
        case .double: Double(bitPattern: word)
        }
    }
}
