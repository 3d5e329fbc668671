/// The checksum of Ethernet and of zip files: polynomial 0x04C11DB7, bits reversed.
struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }

    private var sum = UInt32.max

    /// The sum of what was added.
    var value: UInt32 { ~sum }

    /// Adds bytes.
    mutating func add(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            sum = Self.table[Int((sum ^ UInt32(bytes[index])) & 0xFF)] ^ sum >> 8
        }
    }
}
