package import Autodiff

/// Records a closed-form head on a tape, with the constants that depend on a support's classes.
package struct HeadRecorder: Sendable {
    /// Numbers that a support's classes decide, set before each run.
    struct Constant: Sendable {
        let variable: Tape.Variable
        let values: @Sendable (SupportCounts) -> [Double]
    }

    /// The computation so far.
    package var tape: Tape
    /// The sizes.
    package let shape: HeadShape
    /// Classes that are told apart.
    package let classCount: Int
    private let parameters: [String: Tape.Variable]
    /// Whether numbers that are set before each run are parameters of the tape: then what is recorded
    /// is a network like others.
    private let setsParameters: Bool
    private(set) var constants: [Constant] = []

    init(
        _ tape: Tape, _ shape: HeadShape, classCount: Int, parameters: [String: Tape.Variable],
        setsParameters: Bool = false
    ) {
        self.tape = tape
        self.shape = shape
        self.classCount = classCount
        self.parameters = parameters
        self.setsParameters = setsParameters
    }

    /// One of the head's parameters.
    func parameter(_ name: String) -> Tape.Variable {
        guard let variable = parameters[name] else {
            preconditionFailure("the head has no parameter \(name)")
        }
        return variable
    }

    /// Declares numbers that a support's classes decide.
    ///
    /// - Parameters:
    ///   - shape: Their extents.
    ///   - values: The numbers of a support.
    /// - Returns: The constant.
    mutating func constant(
        _ shape: Shape, _ values: @escaping @Sendable (SupportCounts) -> [Double]
    ) -> Tape.Variable {
        let variable = setsParameters ? tape.parameter(shape) : tape.input(shape)
        constants.append(Constant(variable: variable, values: values))
        return variable
    }

    /// Declares `count` unit matrices, `[count, width, width]`.
    mutating func units(_ count: Int, width: Int) -> Tape.Variable {
        constant([count, width, width]) { _ in
            (0..<count * width * width).map { $0 % (width * width) % (width + 1) == 0 ? 1 : 0 }
        }
    }

    /// The positive number of which a parameter is the logarithm, at every place of a shape.
    mutating func positive(_ name: String, _ shape: Shape) -> Tape.Variable {
        tape.fill(shape, with: tape.map(parameter(name), .exponential))
    }
}
