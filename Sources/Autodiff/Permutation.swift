/// A change of the order of a tensor's axes.
public struct Permutation: Sendable, Hashable {
    /// The extents before.
    public let extents: [Int]
    /// For each axis of the result, which axis it was before.
    public let order: [Int]
    // What follows from the two is worked out once: a kernel that is run for every window must not
    // ask for memory.
    /// The extents after.
    public let result: [Int]
    /// For each axis of the result, how far apart its neighbors were.
    package let strides: [Int]
    /// What it is when no more than the last two axes are exchanged.
    let transposition: Transposition?

    /// The exchange of rows and columns of matrices one after the other.
    struct Transposition: Sendable, Hashable {
        let count: Int
        let rows: Int
        let columns: Int
    }

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
        result = order.map { extents[$0] }
        var steps = [Int](repeating: 1, count: extents.count)
        for axis in extents.indices.dropLast().reversed() {
            steps[axis] = steps[axis + 1] * extents[axis + 1]
        }
        strides = order.map { steps[$0] }
        let rank = extents.count
        let isTransposed = rank >= 2 && order == Array(0..<rank - 2) + [rank - 1, rank - 2]
        transposition =
            isTransposed
            ? Transposition(
                count: extents.dropLast(2).reduce(1, *), rows: extents[rank - 2],
                columns: extents[rank - 1]) : nil
    }

    /// The permutation that undoes this one.
    var inverse: Permutation {
        let places = order.indices.sorted { order[$0] < order[$1] }
        return Permutation(extents: result, order: places)
    }

    var count: Int { extents.reduce(1, *) }
}
