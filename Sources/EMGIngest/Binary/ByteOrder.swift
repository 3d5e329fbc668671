/// The order of the bytes of a number in a file.
enum ByteOrder: Sendable, Hashable {
    case littleEndian
    case bigEndian

    /// A whole number without a sign.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that it is among.
    ///   - offset: Its first byte; the caller has checked that all are there.
    ///   - count: How many it has, at most 8.
    /// - Returns: The number.
    @inline(__always)
    func unsigned(_ bytes: borrowing Span<UInt8>, at offset: Int, count: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<count {
            let place = self == .bigEndian ? index : count - 1 - index
            word = word << 8 | UInt64(bytes[offset + place])
        }
        return word
    }

    /// A whole number with a sign, of two's complement.
    @inline(__always)
    func signed(_ bytes: borrowing Span<UInt8>, at offset: Int, count: Int) -> Int64 {
        let shift = UInt64(64 - 8 * count)
        return Int64(bitPattern: unsigned(bytes, at: offset, count: count) << shift) >> Int64(shift)
    }
}
