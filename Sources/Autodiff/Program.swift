/// What has to be computed of a gradient and its Hessian-vector products, and in which order.
///
/// What is not needed is not in it: no tangent of a value that no derivative depends on, and no
/// value of a gradient itself during a Hessian-vector product.
///
/// A class, so that a run holds on to it by one reference while it changes the execution.
final class Program: Sendable {
    /// A part of the flat vector and what is summed into it.
    struct Output: Sendable {
        let range: Range<Int>
        let instructions: [Instruction]
    }

    /// Computes the loss and all values that the other three lists read.
    let values: [Instruction]
    /// Computes the gradient's parts from those values.
    let gradients: [Output]
    /// The same in pieces.
    let gradientBlocks: [GradientBlock]
    /// Computes all tangents that the gradient's tangents depend on.
    let tangents: [Instruction]
    /// Computes the Hessian-vector product's parts from values and tangents.
    let products: [Output]
    /// Nodes other than leaves whose values ``gradients``, ``tangents`` and ``products`` read:
    /// with these kept, a step's gradient and Hessian-vector products need no forward pass.
    let kept: [Int]
    /// Parts of the flat vector whose values ``gradients``, ``tangents`` and ``products`` read.
    let parametersRead: [Range<Int>]
    /// Whether ``gradients`` reads parameters.
    let gradientReadsParameters: Bool

    init(_ gradient: Gradient) {
        let tape = gradient.tape
        gradients = gradient.parts.map { part in
            Output(
                range: part.range,
                instructions: part.node.map { [Instruction.value(of: $0, on: tape)] } ?? [])
        }
        gradientBlocks = gradients.flatMap { GradientBlock.cut($0) }
        products = gradient.parts.map { part in
            Output(
                range: part.range,
                instructions: part.node.map { Instruction.tangent(of: $0, on: tape) } ?? [])
        }

        // Backwards from the outputs: which tangents, then which values, are asked for.
        var wantsTangent: Set<Int> = []
        var steps: [[Instruction]] = []
        for instruction in products.flatMap(\.instructions) {
            wantsTangent.formUnion(instruction.operands.lazy.filter(\.isTangent).map(\.node))
        }
        for node in tape.nodes.indices.reversed()
        where wantsTangent.contains(node) && !tape.nodes[node].primitive.isLeaf {
            let instructions = Instruction.tangent(of: node, on: tape)
            for instruction in instructions {
                wantsTangent.formUnion(instruction.operands.lazy.filter(\.isTangent).map(\.node))
            }
            steps.append(instructions)
        }
        tangents = steps.reversed().flatMap(\.self)

        let readers =
            gradients.flatMap(\.instructions) + products.flatMap(\.instructions) + tangents
        let read = Set(readers.flatMap(\.operands).filter { !$0.isTangent }.map(\.node))
        kept = read.filter { !tape.nodes[$0].primitive.isLeaf }.sorted()
        gradientReadsParameters = gradients.flatMap(\.instructions).flatMap(\.operands).contains {
            if case .parameter = tape.nodes[$0.node].primitive { true } else { false }
        }
        parametersRead = read.sorted().compactMap { index in
            guard case .parameter(let offset) = tape.nodes[index].primitive else { return nil }
            return offset..<offset + tape.nodes[index].shape.count
        }
        var wantsValue = read.union([gradient.loss])
        for node in tape.nodes.indices.reversed() where wantsValue.contains(node) {
            wantsValue.formUnion(tape.nodes[node].operands)
        }
        values = wantsValue.sorted().filter { !tape.nodes[$0].primitive.isLeaf }.map {
            Instruction.value(of: $0, on: tape)
        }
    }
}
