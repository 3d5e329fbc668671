package import Autodiff

/// What stands on a network's features in place of a last layer that adapts step by step: the
/// support gives it in closed form, and the query loss is differentiated through that exactly.
package protocol ClosedFormHead: Sendable {
    /// The numbers that it learns besides the network.
    var parameters: [HeadParameter] { get }

    /// In how many ways each row is given, turned; 1 when only as it lies.
    var turns: FeatureTurns { get }

    /// Records the head.
    ///
    /// - Parameters:
    ///   - recorder: Where to, with the sizes and the head's parameters.
    ///   - support: The support's features, `[turns · rows × features]`, turn after turn.
    ///   - query: The query's features, likewise.
    /// - Returns: The logits of the query's rows, `[rows × classes]`.
    func record(
        _ recorder: inout HeadRecorder, support: Tape.Variable, query: Tape.Variable
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
    /// Rows as they lie.
    package var turns: FeatureTurns { .none }

    /// As without tasks.
    package func start(from people: [ClassRows]) throws(MetaLearningError) -> [Double] {
        parameters.flatMap(\.start)
    }
}
