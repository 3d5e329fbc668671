/// A prefix code of least length for given counts, no code word longer than a limit (D. A.
/// Huffman, “A method for the construction of minimum-redundancy codes”, Proc. IRE 40, 1952), in
/// the canonical form of deflate (RFC 1951, 3.2.2).
struct HuffmanCode {
    /// The length of each symbol's word in bits; 0 for symbols that do not occur.
    private(set) var lengths: [UInt8]

    /// Makes a code.
    ///
    /// - Parameters:
    ///   - counts: How often each symbol occurs. When fewer than two occur, others get words too,
    ///     so that the code is complete.
    ///   - limit: The longest word; 2 to its power is at least the number of symbols.
    init(counts: [UInt32], limit: Int) {
        lengths = [UInt8](repeating: 0, count: counts.count)
        var used = counts.indices.filter { counts[$0] > 0 }
        for symbol in counts.indices where used.count < 2 && counts[symbol] == 0 {
            used.append(symbol)
        }
        let order = used.map { UInt64(counts[$0]) << 16 | UInt64($0) }.sorted()
        let depths = Self.depths(of: order.map { Int($0 >> 16) })
        // How many words there are of each length: too long ones are cut, and words that were
        // short pay for it until the code is complete again.
        var histogram = [Int](repeating: 0, count: limit + 1)
        for depth in depths { histogram[min(depth, limit)] += 1 }
        var excess =
            histogram.indices.dropFirst().reduce(0) {
                $0 + histogram[$1] << (limit - $1)
            } - 1 << limit
        while excess > 0 {
            histogram[limit] -= 1
            guard let length = (1..<limit).last(where: { histogram[$0] > 0 }) else { break }
            histogram[length] -= 1
            histogram[length + 1] += 2
            excess -= 1
        }
        var next = 0
        for length in histogram.indices.reversed() where length > 0 {
            for _ in 0..<histogram[length] {
                lengths[Int(order[next] & 0xFFFF)] = UInt8(length)
                next += 1
            }
        }
    }

    /// The word of each symbol, first bit lowest, as deflate packs them.
    var words: [UInt16] {
        var counts = [UInt16](repeating: 0, count: 17)
        for length in lengths where length > 0 { counts[Int(length)] += 1 }
        var first = [UInt16](repeating: 0, count: 17)
        for length in 1..<16 { first[length + 1] = (first[length] + counts[length]) << 1 }
        return lengths.map { length in
            guard length > 0 else { return 0 }
            defer { first[Int(length)] += 1 }
            return first[Int(length)].bitReversed >> (16 - UInt16(length))
        }
    }

    /// How many bits the symbols take.
    func bits(of counts: [UInt32]) -> Int {
        zip(counts, lengths).reduce(0) { $0 + Int($1.0) * Int($1.1) }
    }

    /// The depths of the leaves of a Huffman tree, in place (A. Moffat and J. Katajainen,
    /// “In-place calculation of minimum-redundancy codes”, WADS 1995).
    ///
    /// - Parameter weights: At least two, in ascending order.
    /// - Returns: As many depths, in descending order.
    private static func depths(of weights: [Int]) -> [Int] {
        var a = weights
        let n = a.count
        a[0] += a[1]
        var (root, leaf) = (0, 2)
        for next in 1..<max(1, n - 1) {
            if leaf >= n || a[root] < a[leaf] {
                a[next] = a[root]
                a[root] = next
                root += 1
            } else {
                a[next] = a[leaf]
                leaf += 1
            }
            if leaf >= n || root < next && a[root] < a[leaf] {
                a[next] += a[root]
                a[root] = next
                root += 1
            } else {
                a[next] += a[leaf]
                leaf += 1
            }
        }
        a[n - 2] = 0
        for next in stride(from: n - 3, through: 0, by: -1) { a[next] = a[a[next]] + 1 }
        var (available, used, depth) = (1, 0, 0)
        root = n - 2
        var next = n - 1
        while available > 0 {
            while root >= 0, a[root] == depth {
                used += 1
                root -= 1
            }
            while available > used {
                a[next] = depth
                next -= 1
                available -= 1
            }
            available = 2 * used
            depth += 1
            used = 0
        }
        return a
    }
}

extension UInt16 {
    fileprivate var bitReversed: UInt16 {
        var value = self
        value = value >> 1 & 0x5555 | value << 1 & 0xAAAA
        value = value >> 2 & 0x3333 | value << 2 & 0xCCCC
        value = value >> 4 & 0x0F0F | value << 4 & 0xF0F0
        return value >> 8 | value << 8
    }
}
