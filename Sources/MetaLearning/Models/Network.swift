public import Autodiff
public import SeededRandom

/// A model: which parameters it has, how they start, and how it computes logits.
public protocol Network: Sendable {
    /// The name in configurations and checkpoints, such as `dnn`.
    var name: String { get }
    /// The order in which it wants a window's numbers.
    var layout: WindowSet.Layout { get }
    /// Numbers of a window.
    var inputWidth: Int { get }
    /// Classes it distinguishes.
    var classCount: Int { get }
    /// Its parameters.
    var parameters: ParameterLayout { get }
    /// Whether what it puts out for a window depends on the others of its batch, as with batch
    /// normalization; not so when it does not say.
    var readsBatchStatistics: Bool { get }

    /// Records the model.
    ///
    /// - Parameters:
    ///   - tape: Where to; it has no parameters yet.
    ///   - input: A batch, `[windows, inputWidth]`.
    /// - Returns: The logits, `[windows, classCount]`.
    func record(on tape: inout Tape, input: Tape.Variable) -> Tape.Variable

    /// Draws the parameters that training starts from.
    ///
    /// - Parameter generator: Where random numbers come from.
    /// - Returns: The flat vector, `parameters.count` numbers.
    func initialValues(from generator: inout SeededGenerator) -> [Double]
}

extension Network {
    /// Each window is looked at by itself.
    public var readsBatchStatistics: Bool { false }

    /// The parameters that a seed starts from.
    ///
    /// - Parameters:
    ///   - seed: The run's seed.
    ///   - scalar: The precision.
    /// - Returns: Parameters of the model's layout.
    public func initialParameters<Scalar: TensorScalar>(
        seed: UInt64, as scalar: Scalar.Type = Scalar.self
    ) -> Parameters<Scalar> {
        var generator = SeededGenerator(seed: seed, stream: "initial parameters")
        return Parameters(
            layout: parameters, values: initialValues(from: &generator).map { Scalar($0) })
    }
}
