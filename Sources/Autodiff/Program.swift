/// What has to be computed of a gradient and its Hessian-vector products, and in which order.
///
/// What is not needed is not in it: no tangent of a value that no derivative depends on, and no
/// value of a gradient itself during a Hessian-vector product.
///
/// A class, so that a run holds on to it by one reference while it changes the execution.
final class Program: Sendable {
    /// Computes the loss and all values that the other three lists read.
    let values: [Instruction]
    /// Computes the gradient's parts from those values.
    let gradients: [ProgramOutput]
    /// The same in pieces.
    let gradientBlocks: [GradientBlock]
    /// Computes all tangents that the gradient's tangents depend on.
    let tangents: [Instruction]
    /// Computes the Hessian-vector product's parts from values and tangents.
    let products: [ProgramOutput]
    /// Nodes other than leaves whose values ``gradients``, ``tangents`` and ``products`` read:
    /// with these kept, a step's gradient and Hessian-vector products need no forward pass.
    let kept: [Int]
    /// Parts of the flat vector whose values ``gradients``, ``tangents`` and ``products`` read.
    let parametersRead: [Range<Int>]
    /// Whether ``gradients`` reads parameters.
    let gradientReadsParameters: Bool

    /// Where values and tangents are kept.
    let layout: BufferLayout

    init(_ gradient: Gradient, keeping kept: Set<Int>) {
        let tape = gradient.tape
        let apart = InstructionLists(gradient, in: BufferLayout(tape))
        layout = BufferLayout(tape, sharedAmong: apart, keeping: kept.union([gradient.loss]))
        let lists = InstructionLists(gradient, in: layout)
        values = lists.values
        gradients = lists.gradients
        gradientBlocks = gradients.flatMap { GradientBlock.cut($0) }
        tangents = lists.tangents
        products = lists.products
        let read = lists.valuesRead
        self.kept = read.filter { !tape.nodes[$0].primitive.isLeaf }.sorted()
        gradientReadsParameters = gradients.flatMap(\.instructions).flatMap(\.operands).contains {
            if case .parameter = tape.nodes[$0.node].primitive { true } else { false }
        }
        parametersRead = read.sorted().compactMap { index in
            guard case .parameter(let offset) = tape.nodes[index].primitive else { return nil }
            return offset..<offset + tape.nodes[index].shape.count
        }
    }
}
