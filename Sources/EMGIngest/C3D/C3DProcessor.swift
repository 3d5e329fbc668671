/// The processor that a file was written for: how it stores numbers.
enum C3DProcessor: UInt8, Sendable, Hashable {
    /// Little-endian, IEEE 754.
    case intel = 84
    /// Little-endian, floating point of the VAX (F).
    case dec = 85
    /// Big-endian, IEEE 754.
    case mips = 86

    /// The order of bytes of whole numbers.
    var order: ByteOrder { self == .mips ? .bigEndian : .littleEndian }

    /// Its name, for the history.
    var name: String {
        switch self {
        case .intel: "Intel"
        case .dec: "DEC"
        case .mips: "MIPS"
        }
    }

    /// A number of single precision.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that it is among.
    ///   - offset: Its first byte; all four are there.
    /// - Returns: The number; not a number for a reserved operand of a VAX.
    @inline(__always)
    func float(_ bytes: borrowing Span<UInt8>, at offset: Int) -> Float {
        let word = UInt32(truncatingIfNeeded: order.unsigned(bytes, at: offset, count: 4))
        guard self == .dec else { return Float(bitPattern: word) }
        // The halves are exchanged, and the exponent is larger by 2.
        let bits = word << 16 | word >> 16
        guard bits & 0x7F80_0000 != 0 else {
            // An exponent of 0 is zero, or with a sign a reserved operand.
            return bits & 0x8000_0000 == 0 ? 0 : .nan
        }
        // Not by the exponent's bits: the smallest numbers of a VAX are below those of IEEE, and
        // its largest exponent is an ordinary one.
        let significand = Float(bitPattern: bits & 0x007F_FFFF | 0x3F80_0000)
        let exponent = Int((bits >> 23) & 0xFF) - 129
        let value = Float(
            sign: bits & 0x8000_0000 == 0 ? .plus : .minus, exponent: exponent,
            significand: significand)
        return value
    }
}
