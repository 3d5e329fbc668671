package import Autodiff

/// What stands on a network's features in place of a last layer that adapts step by step: the
/// support gives it in closed form, and the query loss is differentiated through that exactly.
package protocol ClosedFormHead: Sendable {
    /// The numbers that it learns besides the network.
    var parameters: [HeadParameter] { get }

    /// In how many ways each row is given, turned; 1 when only as it lies.
    var turns: FeatureTurns { get }

    /// Whether it decides before anything of a person is known.
    var decidesWithoutSupport: Bool { get }

    /// Whether its scores are an affine map of a row's features, or of their direction, when a support
    /// is known.
    var isAffine: Bool { get }

    /// What it makes of a support: names and extents of the numbers that ``recordFit(_:support:)``
    /// gives.
    ///
    /// - Parameters:
    ///   - width: Features of a row.
    ///   - classCount: Classes that are told apart.
    /// - Returns: The numbers in their order.
    func fittedNumbers(width: Int, classCount: Int) -> [(name: String, shape: Shape)]

    /// Records what it makes of a support.
    ///
    /// - Parameters:
    ///   - recorder: Where to, with the sizes and the head's parameters.
    ///   - support: The support's features, `[turns · rows × features]`, turn after turn; not looked at
    ///     when there are no rows.
    /// - Returns: The numbers of ``fittedNumbers(width:classCount:)``.
    func recordFit(
        _ recorder: inout HeadRecorder, support: Tape.Variable
    ) -> [Tape.Variable]

    /// Records what it says of a query.
    ///
    /// - Parameters:
    ///   - recorder: Where to, with the number of rows and the head's parameters.
    ///   - fitted: What ``recordFit(_:support:)`` gives.
    ///   - query: The query's features, `[turns · rows × features]`, turn after turn.
    /// - Returns: The logits of the query's rows, `[rows × classes]`.
    func recordDecision(
        _ recorder: inout HeadRecorder, fitted: [Tape.Variable], query: Tape.Variable
    ) -> Tape.Variable

    /// What its parameters start from, in their order, when training tasks are known.
    ///
    /// - Parameter people: For each training task the features of all its rows, by class.
    /// - Returns: The numbers of ``parameters``, one after the other.
    /// - Throws: ``MetaLearningError`` when the tasks do not do.
    func start(from people: [ClassRows]) throws(MetaLearningError) -> [Double]
}

/// Numbers that a head learns.
package struct HeadParameter: Sendable {
    /// Their name, after `head.` in checkpoints.
    package let name: String
    /// Their extents.
    package let shape: Shape
    /// What they start from.
    package let start: [Double]

    /// Creates a parameter.
    init(_ name: String, _ shape: Shape, start: [Double]) {
        self.name = name
        self.shape = shape
        self.start = start
    }
}

extension ClosedFormHead {
    /// It does not.
    package var decidesWithoutSupport: Bool { false }

    /// They are.
    package var isAffine: Bool { true }

    /// Rows as they lie.
    package var turns: FeatureTurns { .none }

    /// As without tasks.
    package func start(from people: [ClassRows]) throws(MetaLearningError) -> [Double] {
        parameters.flatMap(\.start)
    }
}
