/// A change of the order of a tensor's axes.
public struct Permutation: Sendable, Hashable {
    /// The extents before.
    public let extents: [Int]
    /// For each axis of the result, which axis it was before.
    public let order: [Int]

    /// Creates a permutation.
    ///
    /// - Parameters:
    ///   - extents: The extents before, at least one.
    ///   - order: For each axis of the result, which axis it was; each axis once.
    public init(extents: [Int], order: [Int]) {
        precondition(
            !extents.isEmpty && order.sorted() == Array(extents.indices),
            "an order of \(extents.count) axes, got \(order)")
        self.extents = extents
        self.order = order
    }

    /// The extents after.
    public var result: [Int] { order.map { extents[$0] } }

    /// The permutation that undoes this one.
    var inverse: Permutation {
        let places = order.indices.sorted { order[$0] < order[$1] }
        return Permutation(extents: result, order: places)
    }

    var count: Int { extents.reduce(1, *) }

    /// The sizes of an exchange of the last two axes, when it is no more than that: of each of
    /// `count` matrices' `rows` and `columns`.
    var transposition: (count: Int, rows: Int, columns: Int)? {
        let rank = extents.count
        guard rank >= 2, order == Array(0..<rank - 2) + [rank - 1, rank - 2] else { return nil }
        return (
            extents.dropLast(2).reduce(1, *), extents[rank - 2], extents[rank - 1]
        )
    }

    /// For each axis of the result, how far apart its neighbors were.
    package var strides: [Int] {
        var strides = [Int](repeating: 1, count: extents.count)
        for axis in extents.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * extents[axis + 1]
        }
        return order.map { strides[$0] }
    }
}
