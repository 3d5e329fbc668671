/// What was done to the bytes of each chunk of a dataset before they were stored, as far as it
/// can be undone outside libhdf5: shuffle, deflate and Fletcher-32, in any order.
struct ChunkPipeline: Sendable, Hashable {
    /// One step.
    enum Filter: Sendable, Hashable {
        /// Bytes of numbers of a width, sorted by their place in the number.
        case shuffle(width: Int)
        /// Compression at a level from 1 to 9.
        case deflate(level: Int)
        /// Four bytes of checksum behind the rest.
        case fletcher32
    }

    /// The steps in the order of writing, at least one. At most one is a compression: what a
    /// stream must give is then known.
    let filters: [Filter]

    /// The pipeline of new datasets: the checksum comes last, so that it protects the bytes as
    /// they are stored.
    static func standard(width: Int, level: Int) -> ChunkPipeline {
        ChunkPipeline(filters: [.shuffle(width: width), .deflate(level: level), .fletcher32])
    }

    /// The bytes of a checksum.
    static let checksumBytes = 4

    /// The most bytes that a chunk takes in the file: compression that would make it longer is
    /// left out, or in other programs adds little.
    static func largestStored(chunkBytes: Int) -> Int {
        chunkBytes + chunkBytes / 256 + 1_024
    }

    // MARK: Writing

    /// A chunk as it is stored.
    struct Encoded: Sendable {
        let bytes: [UInt8]
        /// Bit *i* is set when step *i* was left out.
        let mask: UInt32
    }

    /// Does the steps.
    func encode(_ chunk: [UInt8]) -> Encoded {
        var bytes = chunk
        var mask: UInt32 = 0
        for (index, filter) in filters.enumerated() {
            switch filter {
            case .shuffle(let width):
                bytes = ByteShuffle.shuffled(bytes, width: width)
            case .deflate(let level):
                let stream = Deflate.compress(
                    bytes, level: level, reserve: Self.checksumBytes)
                if let stream { bytes = stream } else { mask |= 1 << UInt32(index) }
            case .fletcher32:
                let checksum = Fletcher32.checksum(of: bytes)
                for shift in stride(from: UInt32(0), to: 32, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: checksum >> shift))
                }
            }
        }
        return Encoded(bytes: bytes, mask: mask)
    }

    // MARK: Reading

    /// Undoes the steps.
    ///
    /// - Parameters:
    ///   - stored: The bytes in the file.
    ///   - mask: Bit *i* is set when step *i* was left out.
    ///   - chunkBytes: How many bytes come out.
    /// - Returns: The bytes of the chunk, exactly `chunkBytes`.
    /// - Throws: ``ChunkFault`` when they are damaged.
    func decode(
        _ stored: consuming [UInt8], mask: UInt32, chunkBytes: Int
    ) throws(ChunkFault) -> [UInt8] {
        var bytes = consume stored
        let done = filters.enumerated().filter { mask & 1 << UInt32($0.offset) == 0 }
            .map(\.element)
        for (index, filter) in done.enumerated().reversed() {
            switch filter {
            case .shuffle(let width):
                bytes = ByteShuffle.unshuffled(bytes, width: width)
            case .deflate:
                // Only checksums change the size before a compression.
                let checksums = done[..<index].count { $0 == .fletcher32 }
                bytes = try Deflate.decompress(
                    bytes, count: chunkBytes + checksums * Self.checksumBytes)
            case .fletcher32:
                try Self.removeChecksum(from: &bytes)
            }
        }
        guard bytes.count == chunkBytes else {
            throw bytes.count < chunkBytes
                ? .shorter(than: chunkBytes) : .longer(than: chunkBytes)
        }
        return bytes
    }

    private static func removeChecksum(from bytes: inout [UInt8]) throws(ChunkFault) {
        guard bytes.count >= checksumBytes else { throw .shorter(than: checksumBytes) }
        var stored: UInt32 = 0
        for byte in bytes.suffix(checksumBytes).reversed() { stored = stored << 8 | UInt32(byte) }
        bytes.removeLast(checksumBytes)
        let found = Fletcher32.checksum(of: bytes)
        guard stored == found || stored == Fletcher32.withSwappedHalves(found) else {
            throw .checksum(stored: stored, found: found)
        }
    }
}
