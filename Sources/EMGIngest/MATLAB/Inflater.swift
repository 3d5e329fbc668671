/// Unpacks a zlib stream (RFC 1950 and 1951) piece by piece.
///
/// A value: a copy goes on from the same place on its own. The columns of a matrix, which lie one
/// behind the other in a stream, are so read side by side with some hundred kilobytes for each,
/// however long the stream is.
struct Inflater {
    /// Where compressed bytes come from.
    private let file: PositionedFile
    private let start: Int
    private let end: Int
    private var position: Int
    private var input: [UInt8] = []
    private var inputIndex = 0

    private var bits: UInt64 = 0
    private var bitCount = 0
    private var block = Block.header
    private var isLast = false
    private var literals: HuffmanTable?
    private var distances: HuffmanTable?

    /// The last 32 KiB and what follows them; bytes from `unread` to `written` are waiting.
    private var window = [UInt8](repeating: 0, count: 3 * Self.reach)
    private var unread = 0
    private var written = 0
    private var adler = Adler32()

    private enum Block {
        case header
        case stored(Int)
        case coded
        case end
    }

    private static let reach = 1 << 15

    /// Starts a stream.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - range: The bytes of the stream.
    /// - Throws: ``IngestError`` when it does not begin like one.
    init(_ file: PositionedFile, _ range: Range<Int>) throws(IngestError) {
        self.file = file
        start = range.lowerBound
        position = range.lowerBound
        end = range.upperBound
        let first = try take(8)
        let second = try take(8)
        guard first & 0x0F == 8, first >> 4 <= 7, (first << 8 | second) % 31 == 0,
            second & 0x20 == 0
        else { throw fault("no zlib stream begins like that") }
    }

    /// Some bytes that follow.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - bytes: Receives all of them.
    /// - Throws: ``IngestError`` when the stream is damaged or ends before.
    mutating func read(_ count: Int, into bytes: inout [UInt8]) throws(IngestError) {
        var left = count
        while left > 0 {
            if unread == written { try fill() }
            let step = min(left, written - unread)
            bytes.append(contentsOf: window[unread..<unread + step])
            unread += step
            left -= step
        }
    }

    /// Passes over bytes that follow.
    mutating func skip(_ count: Int) throws(IngestError) {
        var left = count
        while left > 0 {
            if unread == written { try fill() }
            let step = min(left, written - unread)
            unread += step
            left -= step
        }
    }

    /// A fault of the stream.
    func fault(_ reason: String) -> IngestError {
        IngestError(
            .malformed(expected: "compressed data that is whole", found: reason),
            at: SourceLocation(file: file.name, byte: start),
            hint: "the file is damaged; make or copy it again")
    }

    // MARK: - Bits

    private mutating func take(_ count: Int) throws(IngestError) -> Int {
        while bitCount < count {
            guard let byte = try nextByte() else { throw fault("an early end") }
            bits |= UInt64(byte) << UInt64(bitCount)
            bitCount += 8
        }
        let value = bits & (1 << UInt64(count) - 1)
        bits >>= UInt64(count)
        bitCount -= count
        return Int(value)
    }

    private mutating func nextByte() throws(IngestError) -> UInt8? {
        if inputIndex == input.count {
            guard position < end else { return nil }
            let count = min(1 << 14, end - position)
            input = try file.bytes(at: position, count: count)
            position += count
            inputIndex = 0
        }
        inputIndex += 1
        return input[inputIndex - 1]
    }

    /// Makes sure of 48 bits, or of as many as there are.
    private mutating func refill() throws(IngestError) {
        while bitCount <= 48, let byte = try nextByte() {
            bits |= UInt64(byte) << UInt64(bitCount)
            bitCount += 8
        }
    }

    // MARK: - Blocks

    /// Unpacks until there is something to read.
    private mutating func fill() throws(IngestError) {
        repeat { try advance() } while unread == written
    }

    /// Goes on for a block, or a window's worth of one.
    private mutating func advance() throws(IngestError) {
        if written > 2 * Self.reach {
            // What is read already stays as far as the stream may go back to it.
            let kept = Array(window[written - Self.reach..<written])
            window.replaceSubrange(0..<Self.reach, with: kept)
            written = Self.reach
            unread = written
        }
        let first = written
        switch block {
        case .header: try begin()
        case .stored(let left): try copy(stored: left)
        case .coded: try decode()
        case .end: throw fault("an early end")
        }
        adler.take(window[first..<written])
    }

    /// Passes over the rest and makes sure that the sum of the whole is right.
    mutating func finish() throws(IngestError) {
        while true {
            if case .end = block { return }
            unread = written
            try advance()
        }
    }

    private mutating func begin() throws(IngestError) {
        guard !isLast else {
            block = .end
            // The sum stands behind the last block, at a whole byte, high byte first.
            _ = try take(bitCount % 8)
            var sum = 0
            for _ in 0..<4 { sum = sum << 8 | (try take(8)) }
            guard sum == Int(adler.value) else { throw fault("another checksum than its own") }
            return
        }
        isLast = try take(1) == 1
        switch try take(2) {
        case 0:
            _ = try take(bitCount % 8)
            let count = try take(16)
            guard try take(16) == count ^ 0xFFFF else { throw fault("a damaged block") }
            block = .stored(count)
            if count == 0 { block = .header }
        case 1:
            var lengths = [UInt8](repeating: 8, count: 288)
            lengths.replaceSubrange(144..<256, with: repeatElement(9, count: 112))
            lengths.replaceSubrange(256..<280, with: repeatElement(7, count: 24))
            literals = HuffmanTable(lengths: lengths[...])
            distances = HuffmanTable(lengths: [UInt8](repeating: 5, count: 30)[...])
            block = .coded
        case 2:
            try readCodes()
            block = .coded
        default:
            throw fault("a block of an unknown kind")
        }
    }

    private mutating func readCodes() throws(IngestError) {
        let literalCount = try take(5) + 257
        let distanceCount = try take(5) + 1
        let codeCount = try take(4) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw fault("too many codes") }
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var codeLengths = [UInt8](repeating: 0, count: 19)
        for place in order.prefix(codeCount) { codeLengths[place] = UInt8(try take(3)) }
        guard let codes = HuffmanTable(lengths: codeLengths[...]) else {
            throw fault("codes that do not fit")
        }
        var lengths: [UInt8] = []
        let total = literalCount + distanceCount
        while lengths.count < total {
            try refill()
            let symbol = try symbol(of: codes)
            switch symbol {
            case 0..<16: lengths.append(UInt8(symbol))
            case 16:
                guard let last = lengths.last else { throw fault("codes that do not fit") }
                lengths += repeatElement(last, count: try take(2) + 3)
            case 17: lengths += repeatElement(0, count: try take(3) + 3)
            default: lengths += repeatElement(0, count: try take(7) + 11)
            }
        }
        guard lengths.count == total, lengths[256] > 0,
            let literals = HuffmanTable(lengths: lengths[..<literalCount]),
            let distances = HuffmanTable(lengths: lengths[literalCount...])
        else { throw fault("codes that do not fit") }
        self.literals = literals
        self.distances = distances
    }

    private mutating func copy(stored left: Int) throws(IngestError) {
        var left = left
        while left > 0, written < window.count {
            window[written] = UInt8(try take(8))
            written += 1
            left -= 1
        }
        block = left > 0 ? .stored(left) : .header
    }

    /// The next symbol of a code, of the bits that ``refill()`` has made sure of.
    private mutating func symbol(of table: HuffmanTable) throws(IngestError) -> Int {
        let entry = table.short[Int(bits & (1 << UInt64(HuffmanTable.lookUpBits) - 1))]
        if entry != 0 {
            let length = Int(entry & 0x0F)
            guard length <= bitCount else { throw fault("an early end") }
            bits >>= UInt64(length)
            bitCount -= length
            return Int(entry >> 4)
        }
        var code = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            guard bitCount > 0 else { throw fault("an early end") }
            code |= Int(bits & 1)
            bits >>= 1
            bitCount -= 1
            let count = table.counts[length]
            if code - first < count { return Int(table.symbols[index + code - first]) }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw fault("a code that stands for nothing")
    }

    private mutating func decode() throws(IngestError) {
        guard let literals, let distances else { throw fault("a block without codes") }
        // The longest repetition has 258 bytes.
        while written <= window.count - 258 {
            try refill()
            let symbol = try symbol(of: literals)
            if symbol < 256 {
                window[written] = UInt8(symbol)
                written += 1
                continue
            }
            if symbol == 256 {
                block = .header
                return
            }
            guard symbol - 257 < Self.lengths.count else { throw fault("an unknown length") }
            let (length, lengthBits) = Self.lengths[symbol - 257]
            let count = length + (try take(lengthBits))
            try refill()
            let code = try self.symbol(of: distances)
            guard code < Self.distances.count else { throw fault("an unknown distance") }
            let (base, distanceBits) = Self.distances[code]
            let distance = base + (try take(distanceBits))
            guard distance <= written else { throw fault("a repetition of what was not there") }
            for place in written..<written + count { window[place] = window[place - distance] }
            written += count
        }
    }

    private static let lengths: [(base: Int, bits: Int)] =
        (0..<29).map { code in
            if code < 8 { return (3 + code, 0) }
            if code == 28 { return (258, 0) }
            let bits = code / 4 - 1
            return (3 + (4 + code % 4) << bits, bits)
        }

    private static let distances: [(base: Int, bits: Int)] =
        (0..<30).map { code in
            if code < 4 { return (1 + code, 0) }
            let bits = code / 2 - 1
            return (1 + (2 + code % 2) << bits, bits)
        }
}

/// The sum of a zlib stream (RFC 1950, §8.2).
struct Adler32: Sendable, Hashable {
    private var low: UInt32 = 1
    private var high: UInt32 = 0

    /// The sum of everything taken.
    var value: UInt32 { high << 16 | low }

    /// Takes more bytes.
    mutating func take(_ bytes: ArraySlice<UInt8>) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            // Sums of so many bytes stay below 2³².
            let end = min(start + 5_552, bytes.endIndex)
            for byte in bytes[start..<end] {
                low &+= UInt32(byte)
                high &+= low
            }
            low %= 65_521
            high %= 65_521
            start = end
        }
    }
}
