/// Where an execution keeps what it works on: one list of vectors, so that an operand is found by
/// one look-up and read without copying.
///
/// A rectifier and a gate whose operand nobody else reads write over it: what a step works on is
/// then small enough to stay in the cache for longer.
struct BufferLayout: Sendable, Hashable {
    private let nodeCount: Int
    /// For each value, and behind them for each tangent, its place.
    private var places: [Int]
    /// Whether the place is later taken by another value or tangent.
    private var isOverwritten: [Bool]

    /// A place of its own for everything.
    init(_ tape: Tape) {
        nodeCount = tape.nodes.count
        places = Array(0..<2 * nodeCount)
        isOverwritten = Array(repeating: false, count: 2 * nodeCount)
    }

    /// Shares places where instructions can work in place, but for the values of `kept` nodes.
    init(_ tape: Tape, sharedAmong lists: InstructionLists, keeping kept: Set<Int>) {
        self.init(tape)
        let readers =
            lists.values + lists.tangents + lists.gradients.flatMap(\.instructions)
            + lists.products.flatMap(\.instructions)
        var readCounts: [Instruction.Operand: Int] = [:]
        for operand in readers.flatMap(\.operands) { readCounts[operand, default: 0] += 1 }
        func share(_ instruction: Instruction, isTangent: Bool) {
            let operand = instruction.operands[0]
            guard operand.isTangent == isTangent, readCounts[operand] == 1,
                !kept.contains(operand.node),
                !tape.nodes[operand.node].primitive.isLeaf
            else { return }
            let offset = isTangent ? nodeCount : 0
            places[offset + instruction.node] = places[offset + operand.node]
            isOverwritten[offset + operand.node] = true
        }
        for instruction in lists.values where instruction.primitive.worksInPlace {
            share(instruction, isTangent: false)
        }
        let termCounts = Dictionary(lists.tangents.map { ($0.node, 1) }, uniquingKeysWith: +)
        for instruction in lists.tangents
        where instruction.primitive.worksInPlace && termCounts[instruction.node] == 1 {
            share(instruction, isTangent: true)
        }
    }

    /// A node's value.
    func value(of node: Int) -> Int { places[node] }

    /// A node's tangent.
    func tangent(of node: Int) -> Int { places[nodeCount + node] }

    /// Whether a node's value is there after a run.
    func keepsValue(of node: Int) -> Bool { !isOverwritten[node] }

    /// Whether a node's tangent is there after a Hessian-vector product.
    func keepsTangent(of node: Int) -> Bool { !isOverwritten[nodeCount + node] }

    /// The flat parameters, while they are worked with.
    var parameters: Int { 2 * nodeCount }

    /// The flat direction, while it is worked with.
    var direction: Int { 2 * nodeCount + 1 }

    /// Stays empty.
    var nothing: Int { 2 * nodeCount + 2 }

    /// How many there are.
    var count: Int { 2 * nodeCount + 3 }
}
