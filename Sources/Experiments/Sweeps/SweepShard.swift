package import Documents

/// The part of a sweep that one process takes: point `i`, `i + n`, `i + 2n`, ….
package struct SweepShard: Sendable, Hashable {
    /// Which part, from 1 to ``count``.
    package let index: Int
    /// How many parts there are.
    package let count: Int

    /// All points in one part.
    package static let whole = SweepShard(unchecked: 1, of: 1)

    /// Reads `i/n`, for example `3/8`.
    ///
    /// - Parameter text: Two whole numbers, the first from 1 to the second.
    /// - Throws: `DocumentError` that says what was found.
    package init(_ text: String) throws(DocumentError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
            (1...1_000_000).contains(count), (1...count).contains(index)
        else {
            throw DocumentError(
                .invalid(expected: "i/n with i from 1 to n", found: "\"\(text)\""),
                document: "--shard", position: nil,
                hint: "the first of eight parts is 1/8, the last 8/8")
        }
        self.init(unchecked: index, of: count)
    }

    private init(unchecked index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// Whether a point, counted from 0, belongs to this part.
    package func contains(_ point: Int) -> Bool { point % count == index - 1 }
}
