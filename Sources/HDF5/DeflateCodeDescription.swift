/// The code of a block as it stands before it (RFC 1951, 3.2.7): the lengths of its words, with
/// runs shortened, in a code of their own.
struct CodeDescription {
    private var symbols: [(symbol: UInt8, extra: UInt64, bits: UInt64)] = []
    private let code: HuffmanCode
    private let codeLengthCount: Int
    /// How many words for bytes, the end and lengths are described.
    private let literalCount: Int
    /// How many bits it takes.
    let bits: Int

    private static let order: [Int] = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]

    /// Describes a code for bytes, the end of the block and lengths of runs.
    init(_ literals: HuffmanCode) {
        literalCount = max(257, (literals.lengths.lastIndex { $0 > 0 } ?? 0) + 1)
        // Runs have the distance 1, whose word is one bit; the other one makes the code complete.
        let lengths = literals.lengths.prefix(literalCount) + [1, 1]
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
            14 + 3 * max(4, codeLengthCount) + code.bits(of: counts)
            + symbols.reduce(0) { $0 + Int($1.bits) }
    }

    func write(to output: inout BitOutput) {
        output.write(UInt64(literalCount - 257), count: 5)
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
