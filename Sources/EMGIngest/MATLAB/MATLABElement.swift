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
