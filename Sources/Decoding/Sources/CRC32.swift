private import CZlib

/// The checksum of Ethernet and of zip files: polynomial 0x04C11DB7, bits reversed.
struct CRC32 {
    /// The sum of what was added.
    private(set) var value: UInt32 = 0

    /// Adds bytes.
    mutating func add(_ bytes: Span<UInt8>) {
        // Without an address zlib begins anew.
        guard !bytes.isEmpty else { return }
        value = unsafe bytes.withUnsafeBufferPointer { bytes in
            UInt32(truncatingIfNeeded: unsafe crc32_z(UInt(value), bytes.baseAddress, bytes.count))
        }
    }
}
