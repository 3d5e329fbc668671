/// A code of DEFLATE (RFC 1951, §3.2.2): codes of up to nine bits are looked up, longer ones are
/// followed bit by bit.
struct HuffmanTable: Sendable, Hashable {
    /// The bits that are looked up.
    static let lookUpBits = 9

    /// For each pattern of bits, first bit lowest: `symbol << 4 | length`, 0 for none.
    let short: [UInt16]
    /// How many codes of each length there are.
    let counts: [Int]
    /// The symbols in the order of their codes.
    let symbols: [UInt16]

    /// Makes a code of the lengths of its symbols; `nil` when there are more codes than fit.
    init?(lengths: ArraySlice<UInt8>) {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[Int(length)] += 1 }
        counts[0] = 0
        var left = 1
        var offsets = [Int](repeating: 0, count: 17)
        for length in 1...15 {
            left = left << 1 - counts[length]
            guard left >= 0 else { return nil }
            offsets[length + 1] = offsets[length] + counts[length]
        }
        var next = [Int](repeating: 0, count: 16)
        var code = 0
        for length in 1...15 {
            code = (code + counts[length - 1]) << 1
            next[length] = code
        }
        var symbols = [UInt16](repeating: 0, count: counts.reduce(0, +))
        var short = [UInt16](repeating: 0, count: 1 << Self.lookUpBits)
        for (symbol, length) in lengths.enumerated() where length > 0 {
            let length = Int(length)
            symbols[offsets[length]] = UInt16(symbol)
            offsets[length] += 1
            let code = next[length]
            next[length] += 1
            guard length <= Self.lookUpBits else { continue }
            var reversed = 0
            for bit in 0..<length where code >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
            for pattern in stride(from: reversed, to: short.count, by: 1 << length) {
                short[pattern] = UInt16(symbol << 4 | length)
            }
        }
        self.counts = counts
        self.symbols = symbols
        self.short = short
    }
}
