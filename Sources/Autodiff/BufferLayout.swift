/// Where an execution keeps what it works on: one list of vectors, so that an operand is found by
/// one look-up and read without copying.
struct BufferLayout: Sendable, Hashable {
    private let nodeCount: Int

    init(_ tape: Tape) {
        nodeCount = tape.nodes.count
    }

    /// A node's value.
    func value(of node: Int) -> Int { node }

    /// A node's tangent.
    func tangent(of node: Int) -> Int { nodeCount + node }

    /// The flat parameters, while they are worked with.
    var parameters: Int { 2 * nodeCount }

    /// The flat direction, while it is worked with.
    var direction: Int { 2 * nodeCount + 1 }

    /// Stays empty.
    var nothing: Int { 2 * nodeCount + 2 }

    /// How many there are.
    var count: Int { 2 * nodeCount + 3 }
}
