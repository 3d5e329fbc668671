/// A computation, recorded once and run many times.
///
/// An append-only array of nodes that name their operands by their place, so that a tape of any
/// length is dropped at once and never recurses. Shapes are checked while recording; the numbers
/// live in an ``Execution``. Parameters are parts of one flat vector in the order in which they
/// are declared, which optimizers work on as a whole.
public struct Tape: Sendable, Hashable {
    /// A value on the tape.
    public struct Variable: Sendable, Hashable {
        let index: Int
    }

    struct Node: Sendable, Hashable {
        let primitive: Primitive
        let operands: [Int]
        let shape: Shape
        /// Whether the value depends on a parameter, so that it may have a tangent and an adjoint.
        let varies: Bool
    }

    struct Mask: Sendable, Hashable {
        let node: Int
        let rate: Double
    }

    private(set) var nodes: [Node] = []
    /// Inputs that say which elements dropout lets through.
    var masks: [Mask] = []
    /// Numbers in the flat vector of parameters.
    public private(set) var parameterCount = 0

    /// Creates an empty tape.
    public init() {}

    /// The shape of a value.
    public func shape(of variable: Variable) -> Shape { nodes[variable.index].shape }

    /// Declares a constant that is set before each run: a batch or its targets.
    public mutating func input(_ shape: Shape) -> Variable {
        append(.input, [], shape)
    }

    /// Declares the next parameter of the flat vector.
    public mutating func parameter(_ shape: Shape) -> Variable {
        let variable = append(.parameter(offset: parameterCount), [], shape)
        parameterCount += shape.count
        return variable
    }

    mutating func append(
        _ primitive: Primitive, _ operands: [Variable], _ shape: Shape
    ) -> Variable {
        let varies =
            if case .parameter = primitive {
                true
            } else {
                operands.contains { nodes[$0.index].varies }
            }
        nodes.append(
            Node(
                primitive: primitive, operands: operands.map(\.index), shape: shape,
                varies: varies))
        return Variable(index: nodes.count - 1)
    }
}
