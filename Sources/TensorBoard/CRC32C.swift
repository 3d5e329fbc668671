/// The cyclic redundancy check of TensorFlow's record files: CRC-32C (Castagnoli; RFC 3720,
/// appendix B.4).
package enum CRC32C {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { remainder, _ in
            remainder & 1 == 0 ? remainder >> 1 : remainder >> 1 ^ 0x82F6_3B78
        }
    }

    /// The check of some bytes.
    package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var remainder = UInt32.max
        for byte in bytes {
            remainder = table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)] ^ remainder >> 8
        }
        return ~remainder
    }

    /// The check as record files store it, rotated and offset, so that the check of bytes which
    /// hold checks does not degenerate.
    package static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
        let check = checksum(bytes)
        return (check >> 15 | check << 17) &+ 0xA282_EAD8
    }
}
