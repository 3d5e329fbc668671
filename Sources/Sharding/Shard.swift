private import PrintableText

/// One of the parts into which work is divided among processes: the third of sixteen is `3/16`.
package struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// Which part, from 1 to ``count``.
    package let index: Int
    /// How many parts there are, from 1 to ``mostShards``.
    package let count: Int

    /// How many parts there are at most.
    package static let mostShards = 1_000_000

    /// Everything in one part.
    package static let whole = Shard(unchecked: 1, of: 1)

    /// Reads `i/n`, for example `3/16`.
    ///
    /// - Parameter text: Two whole numbers, the first from 1 to the second.
    /// - Throws: ``ShardError`` that says what was found.
    package init(_ text: String) throws(ShardError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Self.number(parts[0]),
            let count = Self.number(parts[1]), let shard = Shard(index, of: count)
        else {
            throw ShardError(
                expected: "i/n with i from 1 to n, n at most \(Self.mostShards)",
                found: "\"\(text.printable())\"", at: "--shard",
                hint: "the first of eight parts is 1/8, the last 8/8")
        }
        self = shard
    }

    /// A part by its numbers; `nil` when there is no such part.
    package init?(_ index: Int, of count: Int) {
        guard (1...Self.mostShards).contains(count), (1...count).contains(index) else {
            return nil
        }
        self.init(unchecked: index, of: count)
    }

    private init(unchecked index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// A whole number in decimal digits and nothing else.
    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            ? Int(text) : nil
    }

    /// All parts of a division.
    ///
    /// - Parameter count: How many there are, from 1 to ``mostShards``.
    /// - Returns: The parts in order.
    package static func all(of count: Int) -> [Shard] {
        (1...count).map { Shard(unchecked: $0, of: count) }
    }

    /// Whether this is the part that also does what is done once.
    package var isFirst: Bool { index == 1 }

    /// Whether the item at a place, counted from 0, belongs to this part when every n-th does.
    package func contains(_ place: Int) -> Bool { place % count == index - 1 }

    /// `3/16`.
    package var description: String { "\(index)/\(count)" }

    /// The part as names of files have it: `03-of-16`, so that they sort in order.
    package var fileName: String {
        let width = String(count).utf8.count
        let number = String(index)
        return String(repeating: "0", count: width - number.utf8.count) + "\(number)-of-\(count)"
    }

    /// Reads what ``fileName`` gives; `nil` for any other text.
    ///
    /// - Parameter name: The text.
    package init?(fileName name: some StringProtocol) {
        let parts = String(name).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1] == "of", let index = Self.number(parts[0]),
            let count = Self.number(parts[2]), let shard = Shard(index, of: count),
            shard.fileName == String(name)
        else { return nil }
        self = shard
    }
}
