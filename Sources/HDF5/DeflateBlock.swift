/// A block of a deflate stream: bytes by code words of their own, runs of a byte by their length,
/// or as they are, whatever is shortest.
struct DeflateBlock {
    private enum Form {
        case bytes(HuffmanCode, CodeDescription)
        case runs(HuffmanCode, CodeDescription)
        case stored
    }

    private let range: Range<Int>
    private let form: Form
    /// How many bits it takes, but for those that fill a byte.
    let bits: Int

    /// No word is longer, so that four of them fit into what is written at once.
    private static let longestWord = 14
    private static let endOfBlock = 256
    private static let symbolCount = 286

    /// A run goes on for at least this many bytes behind its first.
    private static let shortestRun = 3
    private static let longestRun = 258

    /// Chooses the form of a block.
    ///
    /// - Parameters:
    ///   - bytes: What is compressed.
    ///   - range: The part of them that the block stands for.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.range = range
        let (counts, repeats) = Self.counts(of: bytes, in: range)
        let code = HuffmanCode(counts: counts, limit: Self.longestWord)
        let description = CodeDescription(code)
        let headerBits = 3
        var form = Form.bytes(code, description)
        var bits = headerBits + description.bits + code.bits(of: counts)
        if repeats >= range.count / 64 {
            let (counts, extraBits) = Self.runCounts(of: bytes, in: range)
            let code = HuffmanCode(counts: counts, limit: Self.longestWord)
            let description = CodeDescription(code)
            let withRuns = headerBits + description.bits + code.bits(of: counts) + extraBits
            if withRuns < bits { (form, bits) = (.runs(code, description), withRuns) }
        }
        let storedBits = 8 * Self.storedSize(range.count)
        if bits >= storedBits { (form, bits) = (.stored, storedBits) }
        self.form = form
        self.bits = bits
    }

    /// The most bytes that it takes.
    var largestSize: Int { bits / 8 + 2 }

    /// Writes the block.
    ///
    /// - Parameters:
    ///   - bytes: The same as at the choice.
    ///   - isLast: Whether it ends the stream.
    ///   - output: Has room for ``largestSize`` bytes more.
    func write(_ bytes: [UInt8], isLast: Bool, to output: inout BitOutput) {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let source = buffer.baseAddress else { return }
            let final: UInt64 = isLast ? 1 : 0
            switch form {
            case .stored: unsafe store(source, isLast: isLast, to: &output)
            case .bytes(let code, let description):
                output.write(final | 2 << 1, count: 3)
                description.write(to: &output)
                unsafe writeBytes(source, Self.table(of: code), to: &output)
            case .runs(let code, let description):
                output.write(final | 2 << 1, count: 3)
                description.write(to: &output)
                unsafe writeRuns(source, Self.table(of: code), to: &output)
            }
        }
    }

    // MARK: Stored

    /// Five bytes before each 65,535, and the bits that fill the byte before.
    private static func storedSize(_ count: Int) -> Int {
        count + 6 * (count / 65_535 + 1)
    }

    private func store(
        _ source: UnsafePointer<UInt8>, isLast: Bool, to output: inout BitOutput
    ) {
        var start = range.lowerBound
        while start < range.upperBound {
            let count = min(65_535, range.upperBound - start)
            output.write(isLast && start + count == range.upperBound ? 1 : 0, count: 3)
            output.align()
            output.write(UInt64(count), count: 16)
            output.write(UInt64(~UInt16(count)), count: 16)
            unsafe output.copy(source + start, count: count)
            start += count
        }
    }

    // MARK: Bytes

    /// The word of each symbol above its length.
    private static func table(of code: HuffmanCode) -> [UInt32] {
        zip(code.words, code.lengths).map { UInt32($0) << 8 | UInt32($1) }
    }

    private func writeBytes(
        _ source: UnsafePointer<UInt8>, _ table: [UInt32], to output: inout BitOutput
    ) {
        unsafe table.withUnsafeBufferPointer { table in
            guard let table = table.baseAddress else { return }
            var index = range.lowerBound
            while index &+ 4 <= range.upperBound {
                for offset in 0..<4 { unsafe output.add(table[Int(source[index &+ offset])]) }
                output.flush()
                index &+= 4
            }
            while index < range.upperBound {
                unsafe output.add(table[Int(source[index])])
                output.flush()
                index += 1
            }
            unsafe output.add(table[Self.endOfBlock])
            output.flush()
        }
    }

    /// How often each byte occurs, and how often four equal ones follow each other at a fourth
    /// place. Four tables, so that equal neighbors do not wait for each other.
    private static func counts(
        of bytes: [UInt8], in range: Range<Int>
    ) -> (counts: [UInt32], repeats: Int) {
        var tables = [UInt32](repeating: 0, count: 1_024)
        var repeats = 0
        unsafe tables.withUnsafeMutableBufferPointer { tables in
            unsafe bytes.withUnsafeBytes { bytes in
                var index = range.lowerBound
                while index &+ 4 <= range.upperBound {
                    let four = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self)
                    unsafe tables[Int(four & 0xFF)] &+= 1
                    unsafe tables[256 &+ Int(four &>> 8 & 0xFF)] &+= 1
                    unsafe tables[512 &+ Int(four &>> 16 & 0xFF)] &+= 1
                    unsafe tables[768 &+ Int(four &>> 24)] &+= 1
                    repeats &+= four == (four & 0xFF) &* 0x0101_0101 ? 4 : 0
                    index &+= 4
                }
                while index < range.upperBound {
                    unsafe tables[Int(bytes[index])] &+= 1
                    index += 1
                }
            }
        }
        var counts = [UInt32](repeating: 0, count: symbolCount)
        for byte in 0..<256 {
            counts[byte] =
                tables[byte] + tables[256 + byte] + tables[512 + byte] + tables[768 + byte]
        }
        counts[endOfBlock] = 1
        return (counts, repeats)
    }

    // MARK: Runs

    /// How a length is written: its symbol, and what follows the symbol's word.
    private struct Length {
        let symbol: Int
        let extra: UInt32
        let extraBits: UInt32

        /// A length from 3 to 258 (RFC 1951, 3.2.5).
        init(_ length: Int) {
            let above = length - 3
            if length == longestRun {
                (symbol, extra, extraBits) = (285, 0, 0)
            } else if above < 8 {
                (symbol, extra, extraBits) = (257 + above, 0, 0)
            } else {
                let bits = Int.bitWidth - above.leadingZeroBitCount - 3
                symbol = 257 + 4 * bits + above >> bits
                extra = UInt32(above & (1 << bits - 1))
                extraBits = UInt32(bits)
            }
        }
    }

    private func writeRuns(
        _ source: UnsafePointer<UInt8>, _ table: [UInt32], to output: inout BitOutput
    ) {
        unsafe Self.forEachToken(source, range) { byte, run in
            guard run > 0 else { return output.write(table[Int(byte)]) }
            let length = Length(run)
            output.add(table[length.symbol])
            // Behind the length the word of distance 1, a bit 0.
            output.add(UInt64(length.extra), count: UInt64(length.extraBits) + 1)
            output.flush()
        }
        output.write(table[Self.endOfBlock])
    }

    private static func runCounts(
        of bytes: [UInt8], in range: Range<Int>
    ) -> (counts: [UInt32], extraBits: Int) {
        var counts = [UInt32](repeating: 0, count: symbolCount)
        var extraBits = 0
        counts[endOfBlock] = 1
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let source = buffer.baseAddress else { return }
            unsafe forEachToken(source, range) { byte, run in
                guard run > 0 else { return counts[Int(byte)] += 1 }
                let length = Length(run)
                counts[length.symbol] += 1
                extraBits += Int(length.extraBits) + 1
            }
        }
        return (counts, extraBits)
    }

    /// Divides bytes into single ones (`run` is 0) and runs that repeat the byte before.
    @inline(__always)
    private static func forEachToken(
        _ source: UnsafePointer<UInt8>, _ range: Range<Int>,
        _ body: (_ byte: UInt8, _ run: Int) -> Void
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = unsafe source[index]
            body(byte, 0)
            index &+= 1
            var end = index
            while end < range.upperBound, unsafe source[end] == byte { end &+= 1 }
            while end &- index >= shortestRun {
                let run = min(longestRun, end &- index)
                body(byte, run)
                index &+= run
            }
        }
    }
}
