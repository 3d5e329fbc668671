/// What is wrong with the stored bytes of a chunk.
enum ChunkFault: Error, Hashable {
    /// A checksum of other bytes.
    case checksum(stored: UInt32, found: UInt32)
    /// No deflate stream, or a damaged one.
    case stream
    /// Fewer bytes than the chunk has.
    case shorter(than: Int)
    /// More bytes than the chunk has.
    case longer(than: Int)
    /// No memory for the decompressor.
    case memory

    /// The fault in words.
    var reason: String {
        switch self {
        case .checksum(let stored, let found):
            "its Fletcher-32 checksum is \(Self.hexadecimal(stored)), "
                + "that of its bytes \(Self.hexadecimal(found))"
        case .stream: "its deflate stream is broken"
        case .shorter(let count): "it gives fewer than \(count) bytes"
        case .longer(let count): "it gives more than \(count) bytes"
        case .memory: "there is no memory to decompress it"
        }
    }

    private static func hexadecimal(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
