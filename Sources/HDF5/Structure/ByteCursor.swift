/// Reads the parts of a structure one after another and never beyond its end.
struct ByteCursor {
    /// Why a structure cannot be gone through: it ends before its last part.
    struct Short: Error {}

    private let bytes: [UInt8]
    private let end: Int
    /// Where the next part begins.
    private(set) var position: Int

    /// - Parameter bytes: The structure.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    /// How many bytes are left.
    var left: Int { end - position }

    /// Passes over bytes.
    mutating func skip(_ count: Int) throws(Short) {
        guard count >= 0, count <= left else { throw Short() }
        position += count
    }

    /// The next byte.
    mutating func byte() throws(Short) -> UInt8 {
        try skip(1)
        return bytes[position - 1]
    }

    /// A little-endian number of at most eight bytes; those that no size or place in a file can
    /// be are `Int.max`, the address of nothing among them.
    mutating func number(_ width: Int) throws(Short) -> Int {
        try skip(width)
        var number: UInt64 = 0
        for index in (position - width..<position).reversed() {
            number = number << 8 | UInt64(bytes[index])
        }
        // In a narrower file, nothing is at the highest address of that width.
        let isNothing = width > 1 && width < 8 && number == (1 << UInt64(8 * width)) - 1
        return isNothing && width >= 4 ? .max : Int(clamping: number)
    }

    /// Passes over a name that ends with a NUL, padded or not.
    mutating func skipName(padding: Int) throws(Short) {
        guard let nul = bytes[position..<end].firstIndex(of: 0) else { throw Short() }
        let length = nul - position + 1
        try skip((length + padding - 1) / padding * padding)
    }
}
