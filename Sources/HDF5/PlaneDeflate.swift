private import CDeflate

/// Deflate without looking for repetitions, but for runs of one byte (RFC 1950 and 1951).
///
/// The bytes of noise repeat by accident only. Looking for repetitions is then nearly all of the
/// work of a fast compressor, and naming them takes more room than the bytes themselves: an
/// electromyogram, shuffled, gets smaller this way and is done several times faster.
enum PlaneDeflate {
    /// Each block has a code of its own: no longer than this, and never of two planes.
    private static let blockBytes = 1 << 16

    /// From each plane this many bytes are looked at to choose a way of compression.
    private static let sampleBytes = 2_048

    /// Whether bytes hardly repeat: whether a fast compressor, shown a part of each plane, makes
    /// it no smaller than this one would.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - planes: How many parts of equal length they have that differ in kind.
    ///   - compressor: The fast compressor.
    /// - Returns: Whether ``compress(_:planes:reserve:)`` should be used.
    static func suits(_ bytes: [UInt8], planes: Int, compressor: OpaquePointer) -> Bool {
        let plane = bytes.count / planes
        guard plane >= 2 * sampleBytes else { return false }
        var searching = 0
        var quick = 0
        for index in 0..<planes {
            let start = index * plane + (plane - sampleBytes) / 2
            let sample = start..<start + sampleBytes
            quick += min(sampleBytes, DeflateBlock(bytes, sample).bits / 8 + 6)
            let size = unsafe Deflate.size(of: bytes, in: sample, compressor: compressor)
            searching += min(sampleBytes, size)
        }
        return quick <= searching
    }

    /// Compresses bytes.
    ///
    /// - Parameters:
    ///   - bytes: What to compress.
    ///   - planes: How many parts of equal length they have that differ in kind.
    ///   - reserve: Room for that many bytes more is left behind the stream.
    /// - Returns: The stream; `nil` when it would not be shorter than `bytes`.
    static func compress(_ bytes: [UInt8], planes: Int, reserve: Int) -> [UInt8]? {
        guard !bytes.isEmpty else { return nil }
        let blocks = blocks(of: bytes.count, planes: planes).map { DeflateBlock(bytes, $0) }
        let capacity =
            blocks.reduce(0) { $0 + $1.largestSize } + BitOutput.overhang + 8 + reserve
        var isShorter = false
        let stream = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            var output = unsafe BitOutput(base)
            // 32 KiB window, fastest level, and the check bits of both.
            output.write(0x0178, count: 16)
            for (index, block) in blocks.enumerated() {
                block.write(bytes, isLast: index == blocks.count - 1, to: &output)
            }
            output.align()
            let checksum = unsafe libdeflate_adler32(1, bytes, bytes.count)
            output.write(UInt64(checksum.byteSwapped), count: 32)
            initialized = output.byteCount
            isShorter = initialized < bytes.count
        }
        return isShorter ? stream : nil
    }

    private static func blocks(of count: Int, planes: Int) -> [Range<Int>] {
        let plane = max(1, count / planes)
        var blocks: [Range<Int>] = []
        var start = 0
        while start < count {
            let planeEnd = start / plane >= planes - 1 ? count : (start / plane + 1) * plane
            let end = min(start + blockBytes, planeEnd)
            blocks.append(start..<end)
            start = end
        }
        return blocks
    }
}
