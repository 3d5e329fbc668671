/// The numbers of a tape: runs it, and gives gradients and Hessian-vector products.
///
/// All buffers are allocated by the first run and used again by the next ones. Parameters and
/// directions are flat vectors in the order in which the tape declares its parameters.
///
/// The order of calls: ``withInput(_:_:)`` for each input, ``run(parameters:)``, then any of the
/// gradient's forms and ``multiplyHessian(by:parameters:into:)``, which all refer to that run.
public struct Execution<Scalar: TensorScalar>: Sendable {
    let tape: Tape
    let program: Program
    private let lossNode: Int
    /// What is worked on; see ``BufferLayout``.
    var buffers: [[Scalar]]
    let layout: BufferLayout
    var scratch: [Scalar] = []

    /// Prepares a loss and its gradient for running.
    ///
    /// - Parameters:
    ///   - gradient: The loss and its gradient.
    ///   - kept: Values that will be asked for after a run besides the loss; others may have been
    ///     overwritten.
    public init(_ gradient: Gradient, keeping kept: [Tape.Variable] = []) {
        tape = gradient.tape
        program = Program(gradient, keeping: Set(kept.map(\.index)))
        lossNode = gradient.loss
        layout = program.layout
        buffers = Array(repeating: [], count: layout.count)
        for (index, node) in tape.nodes.enumerated() {
            switch node.primitive {
            case .input:
                buffers[layout.value(of: index)] = Array(repeating: 0, count: node.shape.count)
            case .one: buffers[layout.value(of: index)] = [1]
            default: break
            }
        }
        clearMasks()
    }

    /// Numbers in the flat vector of parameters.
    public var parameterCount: Int { tape.parameterCount }

    /// The loss of the last run.
    public var loss: Scalar {
        @specialized(where Scalar == Float)
        @specialized(where Scalar == Double)
        get { buffers[layout.value(of: lossNode)].first ?? .nan }
    }

    /// A value of the last run with its tangent along the last direction, when both were needed
    /// and computed, and nothing else has taken their place.
    public func dual(of variable: Tape.Variable) -> Dual<Scalar>? {
        let shape = tape.shape(of: variable)
        let value = buffers[layout.value(of: variable.index)]
        let tangent =
            layout.keepsTangent(of: variable.index)
            ? buffers[layout.tangent(of: variable.index)] : []
        guard layout.keepsValue(of: variable.index), value.count == shape.count else {
            return nil
        }
        return Dual(
            value: Tensor(shape: shape, elements: value),
            tangent: tangent.count == shape.count
                ? Tensor(shape: shape, elements: tangent) : nil)
    }

    /// Lets an input be overwritten in place.
    ///
    /// - Parameters:
    ///   - input: An input of the tape.
    ///   - body: Sets its elements; their count must stay.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func withInput(
        _ input: Tape.Variable, _ body: (inout [Scalar]) -> Void
    ) {
        precondition(
            tape.nodes[input.index].primitive == .input, "the variable is not an input")
        let place = layout.value(of: input.index)
        body(&buffers[place])
        precondition(
            buffers[place].count == tape.shape(of: input).count,
            "an input of shape \(tape.shape(of: input)) was given \(buffers[place].count)")
    }

    /// Computes the loss and every value that derivatives need.
    ///
    /// - Parameter parameters: The flat vector.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func run(parameters: [Scalar]) {
        check(parameters)
        buffers[layout.parameters] = parameters
        perform(program.values)
        buffers[layout.parameters] = []
    }

    /// Adds the Hessian, times a direction, to a flat vector.
    ///
    /// Forward over reverse: tangents along the direction are carried through the forward and
    /// the reverse sweep of the last run.
    ///
    /// - Parameters:
    ///   - direction: The flat direction.
    ///   - parameters: The parameters of the last run; only ``parametersRead`` must be unchanged.
    ///   - result: The flat vector that `H · direction` is added to.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func multiplyHessian(
        by direction: [Scalar], parameters: [Scalar], into result: inout [Scalar]
    ) {
        check(parameters)
        check(direction)
        check(result)
        buffers[layout.parameters] = parameters
        buffers[layout.direction] = direction
        perform(program.tangents)
        add(program.products, to: &result)
        buffers[layout.parameters] = []
        buffers[layout.direction] = []
    }

    /// Adds what a flat vector's parts are computed by to the vector.
    func add(_ outputs: [ProgramOutput], to result: inout [Scalar]) {
        let outputs = outputs.span
        var whole = result.mutableSpan
        for place in outputs.indices {
            let instructions = outputs[place].instructions.span
            for index in instructions.indices {
                var part = whole._mutatingExtracting(outputs[place].range)
                perform(instructions[index], into: &part, accumulating: true)
            }
        }
    }

    /// Runs kernels whose results are among the buffers.
    private mutating func perform(_ list: [Instruction]) {
        let instructions = list.span
        for index in instructions.indices { perform(instructions[index]) }
    }

    private mutating func perform(_ instruction: Instruction) {
        let place = instruction.result
        var result: [Scalar] = []
        swap(&result, &buffers[place])
        if result.count != instruction.resultCount {
            result = Array(repeating: 0, count: instruction.resultCount)
        }
        var span = result.mutableSpan
        if instruction.first.buffer == place {
            performInPlace(instruction, on: &span)
        } else {
            perform(instruction, into: &span, accumulating: instruction.accumulates)
        }
        swap(&result, &buffers[place])
    }

    /// The numbers of a value of the last run, in row-major order; empty when it was not needed or
    /// another one has taken its place.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func elements(of variable: Tape.Variable) -> [Scalar] {
        layout.keepsValue(of: variable.index)
            ? buffers[layout.value(of: variable.index)] : []
    }

    /// Whether the gradient's last operations read parameters, so that a parameter must not be
    /// changed before all of the gradient has been given.
    package var gradientReadsParameters: Bool { program.gradientReadsParameters }

    /// Parts of the flat vector that must still be as they were in the last run when derivatives
    /// are asked for. A first layer's weights are not among them.
    package var parametersRead: [Range<Int>] { program.parametersRead }

    /// Checks the length of a flat vector.
    func check(_ vector: [Scalar]) {
        precondition(
            vector.count == tape.parameterCount,
            "expected \(tape.parameterCount) parameters, got \(vector.count)")
    }
}
