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
    var values: [[Scalar]]
    var tangents: [[Scalar]]
    var scratch: [Scalar] = []

    /// Prepares a loss and its gradient for running.
    public init(_ gradient: Gradient) {
        tape = gradient.tape
        program = Program(gradient)
        lossNode = gradient.loss
        values = tape.nodes.map { node in
            switch node.primitive {
            case .input: Array(repeating: 0, count: node.shape.count)
            case .one: [1]
            default: []
            }
        }
        tangents = Array(repeating: [], count: tape.nodes.count)
        clearMasks()
    }

    /// Numbers in the flat vector of parameters.
    public var parameterCount: Int { tape.parameterCount }

    /// The loss of the last run.
    public var loss: Scalar { values[lossNode].first ?? .nan }

    /// A value of the last run with its tangent along the last direction, when both were needed
    /// and computed.
    public func dual(of variable: Tape.Variable) -> Dual<Scalar>? {
        let shape = tape.shape(of: variable)
        let (value, tangent) = (values[variable.index], tangents[variable.index])
        guard value.count == shape.count else { return nil }
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
    public mutating func withInput(
        _ input: Tape.Variable, _ body: (inout [Scalar]) -> Void
    ) {
        precondition(
            tape.nodes[input.index].primitive == .input, "the variable is not an input")
        body(&values[input.index])
        precondition(
            values[input.index].count == tape.shape(of: input).count,
            "an input of shape \(tape.shape(of: input)) was given \(values[input.index].count)")
    }

    /// Computes the loss and every value that derivatives need.
    ///
    /// - Parameter parameters: The flat vector.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func run(parameters: [Scalar]) {
        check(parameters)
        for instruction in program.values {
            var result = Self.take(&values[instruction.node], instruction.resultCount)
            var span = result.mutableSpan
            perform(instruction, parameters, [], into: &span, accumulating: false)
            values[instruction.node] = result
        }
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
        for instruction in program.tangents {
            var tangent = Self.take(&tangents[instruction.node], instruction.resultCount)
            var span = tangent.mutableSpan
            perform(
                instruction, parameters, direction, into: &span,
                accumulating: instruction.accumulates)
            tangents[instruction.node] = tangent
        }
        var whole = result.mutableSpan
        for output in program.products {
            for instruction in output.instructions {
                var part = whole._mutatingExtracting(output.range)
                perform(instruction, parameters, direction, into: &part, accumulating: true)
            }
        }
    }

    /// The numbers of a value of the last run, in row-major order; empty when it was not needed.
    public func elements(of variable: Tape.Variable) -> [Scalar] { values[variable.index] }

    /// Whether the gradient's last operations read parameters, so that a parameter must not be
    /// changed before all of the gradient has been given.
    public var gradientReadsParameters: Bool { program.gradientReadsParameters }

    /// Parts of the flat vector that must still be as they were in the last run when derivatives
    /// are asked for. A first layer's weights are not among them.
    public var parametersRead: [Range<Int>] { program.parametersRead }

    /// Checks the length of a flat vector.
    func check(_ vector: [Scalar]) {
        precondition(
            vector.count == tape.parameterCount,
            "expected \(tape.parameterCount) parameters, got \(vector.count)")
    }

    /// Moves a buffer out of its slot, so that it is written in place; allocates it once.
    private static func take(_ slot: inout [Scalar], _ count: Int) -> [Scalar] {
        var buffer: [Scalar] = []
        swap(&buffer, &slot)
        return buffer.count == count ? buffer : Array(repeating: 0, count: count)
    }
}
