/// One kernel call of a compiled tape.
///
/// A class, so that running a program passes references along and copies nothing; everything that
/// a call needs is worked out when it is made.
final class Instruction: Sendable {
    /// A value or a tangent of a node.
    struct Operand: Sendable, Hashable {
        let node: Int
        let isTangent: Bool
    }

    /// Where an operand's numbers lie.
    struct Place: Sendable, Hashable {
        /// Which of the execution's buffers.
        let buffer: Int
        let range: Range<Int>

        fileprivate static func nothing(in buffers: BufferLayout) -> Place {
            Place(buffer: buffers.nothing, range: 0..<0)
        }

        private init(buffer: Int, range: Range<Int>) {
            self.buffer = buffer
            self.range = range
        }

        fileprivate init(_ operand: Operand, on tape: Tape, in buffers: BufferLayout) {
            let node = tape.nodes[operand.node]
            if case .parameter(let offset) = node.primitive {
                self.init(
                    buffer: operand.isTangent ? buffers.direction : buffers.parameters,
                    range: offset..<offset + node.shape.count)
            } else {
                self.init(
                    buffer: operand.isTangent
                        ? buffers.tangent(of: operand.node) : buffers.value(of: operand.node),
                    range: 0..<node.shape.count)
            }
        }
    }

    /// Where a result goes.
    struct Target: Sendable, Hashable {
        /// The node whose value or tangent is computed or added to.
        let node: Int
        /// Which of the execution's buffers that is.
        let buffer: Int
        /// Whether the result is added to what an earlier instruction has put there.
        var accumulates = false
    }

    let primitive: Primitive
    let operands: [Operand]
    let first: Place
    let second: Place
    let third: Place
    let fourth: Place
    /// The node whose value or tangent this computes or adds to.
    let node: Int
    /// Which of the execution's buffers that is.
    let result: Int
    /// Numbers of that node.
    let resultCount: Int
    /// Whether the result is added to what an earlier instruction has put there.
    let accumulates: Bool
    /// How matrices lie, for products.
    let layout: MatrixLayout?
    /// The last extent of the first operand.
    let columns: Int

    init(
        _ primitive: Primitive, _ operands: [Operand], into target: Target, on tape: Tape,
        in buffers: BufferLayout
    ) {
        let places =
            operands.map { Place($0, on: tape, in: buffers) }
            + Array(repeating: .nothing(in: buffers), count: max(0, 4 - operands.count))
        (first, second, third, fourth) = (places[0], places[1], places[2], places[3])
        resultCount = tape.nodes[target.node].shape.count
        self.primitive = primitive
        self.operands = operands
        node = target.node
        result = target.buffer
        accumulates = target.accumulates
        let shapes = operands.map { tape.nodes[$0.node].shape }
        columns = shapes.first?.dimensions.last ?? 1
        layout =
            switch primitive {
            case .product(let left, let right):
                MatrixLayout(left, shapes[0].dimensions, right, shapes[1].dimensions)
            case .linear:
                MatrixLayout(.plain, shapes[0].dimensions, .transposed, shapes[1].dimensions)
            case .batchedProduct(let left, let right):
                MatrixLayout(
                    left, Array(shapes[0].dimensions.dropFirst()), right,
                    Array(shapes[1].dimensions.dropFirst()))
            default: nil
            }
    }

    /// The instruction that computes a node's value.
    static func value(
        of node: Int, on tape: Tape, in buffers: BufferLayout
    ) -> Instruction {
        Instruction(
            tape.nodes[node].primitive,
            tape.nodes[node].operands.map { Operand(node: $0, isTangent: false) },
            into: Target(node: node, buffer: buffers.value(of: node)), on: tape, in: buffers)
    }

    /// The instructions that compute a node's tangent: one for each term whose tangents are there.
    static func tangent(
        of node: Int, on tape: Tape, in buffers: BufferLayout
    ) -> [Instruction] {
        let operands = tape.nodes[node].operands
        var result: [Instruction] = []
        for term in tape.nodes[node].primitive.tangentTerms {
            let sources = term.sources.map { source in
                switch source {
                case .value(let place): Operand(node: operands[place], isTangent: false)
                case .tangent(let place): Operand(node: operands[place], isTangent: true)
                case .result: Operand(node: node, isTangent: false)
                }
            }
            guard sources.allSatisfy({ !$0.isTangent || tape.nodes[$0.node].varies }) else {
                continue
            }
            result.append(
                Instruction(
                    term.primitive, sources,
                    into: Target(
                        node: node, buffer: buffers.tangent(of: node),
                        accumulates: !result.isEmpty),
                    on: tape, in: buffers))
        }
        return result
    }
}

extension MatrixLayout {
    /// The layout of a product of matrices with these extents in memory.
    fileprivate init(
        _ left: MatrixForm, _ first: [Int], _ right: MatrixForm, _ second: [Int]
    ) {
        let (rows, inner) = left.extents(first[0], first[1])
        self.init(
            rows: rows, columns: right.extents(second[0], second[1]).columns, inner: inner,
            left: left, right: right)
    }
}
