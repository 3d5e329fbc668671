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
