private import CDeflate

/// Deflate without repetitions: each byte by its own code word (RFC 1950 and 1951).
///
/// The bytes of noise repeat by accident only. Looking for repetitions is then nearly all of the
/// work of a fast compressor, and naming them takes more room than the bytes themselves; an
/// electromyogram, shuffled, gets a seventh smaller this way and several times faster.
enum LiteralDeflate {
    /// Each block has a code of its own: no longer than this, and never of two planes.
    private static let blockBytes = 1 << 16

    /// No word is longer, so that four of them fit into what is written at once.
    private static let longestWord = 14

    /// About the bytes of a block's code.
    private static let codeBytes = 80

    /// From each plane this many bytes are looked at to choose a way of compression.
    private static let sampleBytes = 2_048

    /// Whether bytes hardly repeat: whether a fast compressor, shown a part of each plane, makes
    /// it no smaller than this one would.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - planes: How many parts of equal length they have that differ in kind.
    ///   - compressor: The fast compressor.
    static func suits(_ bytes: [UInt8], planes: Int, compressor: OpaquePointer) -> Bool {
        let plane = bytes.count / planes
        guard plane >= 2 * sampleBytes else { return false }
        var repeating = 0
        var literal = 0
        for index in 0..<planes {
            let start = index * plane + (plane - sampleBytes) / 2
            let sample = start..<start + sampleBytes
            let counts = counts(of: bytes, in: sample)
            let bits = HuffmanCode(counts: counts, limit: longestWord).bits(of: counts)
            literal += min(sampleBytes, codeBytes + bits / 8)
            let size = unsafe Deflate.size(of: bytes, in: sample, compressor: compressor)
            repeating += min(sampleBytes, size)
        }
        return literal <= repeating
    }

    /// Compresses bytes.
    ///
    /// - Parameters:
    ///   - bytes: What to compress.
    ///   - planes: How many parts of equal length they have that differ in kind.
    ///   - reserve: Room for that many bytes more is left behind the stream.
    /// - Returns: The stream; `nil` when it would not be shorter than `bytes`.
    static func compress(_ bytes: [UInt8], planes: Int, reserve: Int) -> [UInt8]? {
        let plane = max(1, bytes.count / planes)
        var blocks: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            let planeEnd = start / plane >= planes - 1 ? bytes.count : (start / plane + 1) * plane
            let end = min(start + blockBytes, planeEnd)
            blocks.append(start..<end)
            start = end
        }
        // A block is never longer than stored, with five bytes before each 65,535.
        let capacity = bytes.count + 16 * blocks.count + 64 + reserve
        var isShorter = false
        let stream = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            var output = unsafe BitOutput(base)
            // 32 KiB window, fastest level, and the check bits of both.
            output.write(0x0178, count: 16)
            unsafe bytes.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                for (index, block) in blocks.enumerated() {
                    unsafe write(
                        bytes, source, block, isLast: index == blocks.count - 1, to: &output)
                }
            }
            output.align()
            let checksum = unsafe libdeflate_adler32(1, bytes, bytes.count)
            for shift in stride(from: UInt32(24), through: 0, by: -8) {
                output.write(UInt64(checksum >> shift & 0xFF), count: 8)
            }
            output.align()
            initialized = output.byteCount
            isShorter = initialized < bytes.count
        }
        return isShorter ? stream : nil
    }

    private static func write(
        _ bytes: [UInt8], _ source: UnsafePointer<UInt8>, _ block: Range<Int>, isLast: Bool,
        to output: inout BitOutput
    ) {
        var counts = counts(of: bytes, in: block)
        counts.append(1)
        let code = HuffmanCode(counts: counts, limit: longestWord)
        let description = CodeDescription(code)
        let bits = 17 + description.bits + code.bits(of: counts)
        guard bits / 8 + 8 < block.count else {
            return unsafe store(source, block, isLast: isLast, to: &output)
        }
        output.write(isLast ? 1 : 0, count: 1)
        output.write(2, count: 2)
        description.write(to: &output)
        let words = zip(code.words, code.lengths).map { UInt32($0) << 8 | UInt32($1) }
        unsafe words.withUnsafeBufferPointer { words in
            guard let words = words.baseAddress else { return }
            var index = block.lowerBound
            while index + 4 <= block.upperBound {
                for offset in 0..<4 {
                    let word = unsafe words[Int(source[index &+ offset])]
                    output.add(UInt64(word >> 8), count: UInt64(word & 0xFF))
                }
                output.flush()
                index &+= 4
            }
            while index < block.upperBound {
                let word = unsafe words[Int(source[index])]
                output.write(UInt64(word >> 8), count: UInt64(word & 0xFF))
                index += 1
            }
            let end = unsafe words[256]
            output.write(UInt64(end >> 8), count: UInt64(end & 0xFF))
        }
    }

    private static func store(
        _ source: UnsafePointer<UInt8>, _ block: Range<Int>, isLast: Bool,
        to output: inout BitOutput
    ) {
        var start = block.lowerBound
        while start < block.upperBound {
            let count = min(65_535, block.upperBound - start)
            output.write(isLast && start + count == block.upperBound ? 1 : 0, count: 3)
            output.align()
            output.write(UInt64(count), count: 16)
            output.write(UInt64(~UInt16(count)), count: 16)
            unsafe output.copy(source + start, count: count)
            start += count
        }
    }

    /// How often each byte occurs. Four tables, so that equal neighbours do not wait for each
    /// other.
    private static func counts(of bytes: [UInt8], in range: Range<Int>) -> [UInt32] {
        var tables = [UInt32](repeating: 0, count: 1_024)
        unsafe tables.withUnsafeMutableBufferPointer { tables in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                var index = range.lowerBound
                while index + 4 <= range.upperBound {
                    unsafe tables[Int(bytes[index])] &+= 1
                    unsafe tables[256 &+ Int(bytes[index &+ 1])] &+= 1
                    unsafe tables[512 &+ Int(bytes[index &+ 2])] &+= 1
                    unsafe tables[768 &+ Int(bytes[index &+ 3])] &+= 1
                    index &+= 4
                }
                while index < range.upperBound {
                    unsafe tables[Int(bytes[index])] &+= 1
                    index += 1
                }
            }
        }
        return (0..<256).map { tables[$0] + tables[$0 + 256] + tables[$0 + 512] + tables[$0 + 768] }
    }
}

/// The code of a block as it stands before it (RFC 1951, 3.2.7): the lengths of its words, with
/// runs shortened, in a code of their own.
private struct CodeDescription {
    private var symbols: [(symbol: UInt8, extra: UInt64, bits: UInt64)] = []
    private let code: HuffmanCode
    private let codeLengthCount: Int
    /// How many bits it takes.
    let bits: Int

    private static let order: [Int] = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]

    init(_ literals: HuffmanCode) {
        // No repetition is ever named, but two words for distances make every reader content.
        let lengths = literals.lengths + [1, 1]
        var index = 0
        while index < lengths.count {
            let length = lengths[index]
            var run = 1
            while index + run < lengths.count, lengths[index + run] == length { run += 1 }
            index += run
            if length != 0 {
                symbols.append((length, 0, 0))
                run -= 1
            }
            while run > 0 {
                switch (length, run) {
                case (0, 11...):
                    let count = min(run, 138)
                    symbols.append((18, UInt64(count - 11), 7))
                    run -= count
                case (0, 3...):
                    symbols.append((17, UInt64(run - 3), 3))
                    run = 0
                case (1..., 3...):
                    let count = min(run, 6)
                    symbols.append((16, UInt64(count - 3), 2))
                    run -= count
                default:
                    symbols.append((length, 0, 0))
                    run -= 1
                }
            }
        }
        var counts = [UInt32](repeating: 0, count: 19)
        for symbol in symbols { counts[Int(symbol.symbol)] += 1 }
        let code = HuffmanCode(counts: counts, limit: 7)
        self.code = code
        codeLengthCount = (Self.order.lastIndex { code.lengths[$0] > 0 } ?? 3) + 1
        bits =
            3 * max(4, codeLengthCount) + code.bits(of: counts)
            + symbols.reduce(0) { $0 + Int($1.bits) }
    }

    func write(to output: inout BitOutput) {
        output.write(0, count: 5)
        output.write(1, count: 5)
        let count = max(4, codeLengthCount)
        output.write(UInt64(count - 4), count: 4)
        for symbol in Self.order.prefix(count) {
            output.write(UInt64(code.lengths[symbol]), count: 3)
        }
        let words = code.words
        for (symbol, extra, bits) in symbols {
            output.write(UInt64(words[Int(symbol)]), count: UInt64(code.lengths[Int(symbol)]))
            output.write(extra, count: bits)
        }
    }
}

/// Bits into memory, lowest first. Up to eight bytes beyond the last are overwritten.
@safe private struct BitOutput {
    private let base: UnsafeMutableRawPointer
    private(set) var byteCount = 0
    private var pending: UInt64 = 0
    private var pendingCount: UInt64 = 0

    init(_ base: UnsafeMutablePointer<UInt8>) {
        unsafe self.base = UnsafeMutableRawPointer(base)
    }

    /// Adds bits without writing them: no more than 56 between two flushes.
    @inline(__always)
    mutating func add(_ bits: UInt64, count: UInt64) {
        pending |= bits &<< pendingCount
        pendingCount &+= count
    }

    /// Writes whole bytes.
    @inline(__always)
    mutating func flush() {
        unsafe base.storeBytes(of: pending.littleEndian, toByteOffset: byteCount, as: UInt64.self)
        byteCount &+= Int(pendingCount &>> 3)
        pending &>>= pendingCount & 0x38
        pendingCount &= 7
    }

    /// Adds and writes bits, at most 56.
    mutating func write(_ bits: UInt64, count: UInt64) {
        add(bits, count: count)
        flush()
    }

    /// Fills the last byte.
    mutating func align() {
        pendingCount = (pendingCount + 7) & ~7
        flush()
    }

    /// Copies bytes; the last byte has been filled.
    mutating func copy(_ source: UnsafePointer<UInt8>, count: Int) {
        unsafe (base + byteCount).copyMemory(from: source, byteCount: count)
        byteCount += count
    }
}
