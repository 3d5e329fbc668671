/// The instructions of a gradient and its Hessian-vector products.
struct InstructionLists: Sendable {
    let values: [Instruction]
    let gradients: [ProgramOutput]
    let tangents: [Instruction]
    let products: [ProgramOutput]

    /// Works out what has to be computed.
    ///
    /// - Parameters:
    ///   - gradient: The gradient.
    ///   - buffers: Where values and tangents are kept.
    init(_ gradient: Gradient, in buffers: BufferLayout) {
        let tape = gradient.tape
        gradients = gradient.parts.map { part in
            ProgramOutput(
                range: part.range,
                instructions: part.node.map {
                    [Instruction.value(of: $0, on: tape, in: buffers)]
                } ?? [])
        }
        products = gradient.parts.map { part in
            ProgramOutput(
                range: part.range,
                instructions: part.node.map {
                    Instruction.tangent(of: $0, on: tape, in: buffers)
                } ?? [])
        }

        // Backwards from the outputs: which tangents, then which values, are asked for.
        var wantsTangent: Set<Int> = []
        var steps: [[Instruction]] = []
        for instruction in products.flatMap(\.instructions) {
            wantsTangent.formUnion(instruction.operands.lazy.filter(\.isTangent).map(\.node))
        }
        for node in tape.nodes.indices.reversed()
        where wantsTangent.contains(node) && !tape.nodes[node].primitive.isLeaf {
            let instructions = Instruction.tangent(of: node, on: tape, in: buffers)
            for instruction in instructions {
                wantsTangent.formUnion(instruction.operands.lazy.filter(\.isTangent).map(\.node))
            }
            steps.append(instructions)
        }
        tangents = steps.reversed().flatMap(\.self)

        var wantsValue = Self.valuesRead(gradients, tangents, products).union([gradient.loss])
        for node in tape.nodes.indices.reversed() where wantsValue.contains(node) {
            wantsValue.formUnion(tape.nodes[node].operands)
        }
        values = wantsValue.sorted().filter { !tape.nodes[$0].primitive.isLeaf }.map {
            Instruction.value(of: $0, on: tape, in: buffers)
        }
    }

    /// Nodes whose values gradients, tangents and products read.
    var valuesRead: Set<Int> { Self.valuesRead(gradients, tangents, products) }

    private static func valuesRead(
        _ gradients: [ProgramOutput], _ tangents: [Instruction], _ products: [ProgramOutput]
    ) -> Set<Int> {
        let readers =
            gradients.flatMap(\.instructions) + products.flatMap(\.instructions) + tangents
        return Set(readers.flatMap(\.operands).filter { !$0.isTangent }.map(\.node))
    }
}
