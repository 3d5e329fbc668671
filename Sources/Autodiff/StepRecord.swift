/// What a run leaves behind for its derivatives: the values that gradients and Hessian-vector
/// products read, without inputs and parameters.
///
/// With the record and the same inputs in place, a run's gradient and products can be computed
/// again without its forward pass.
package struct StepRecord<Scalar: TensorScalar>: Sendable {
    fileprivate var buffers: [[Scalar]] = []

    /// Creates an empty record.
    package init() {}
}

extension Execution {
    /// Numbers in a record of a run.
    package var recordCount: Int { program.kept.reduce(0) { $0 + tape.nodes[$1].shape.count } }

    /// Exchanges the values of the last run with those of a record, without copying.
    ///
    /// - Parameter record: Empty, or of an execution of the same tape.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package mutating func exchange(_ record: inout StepRecord<Scalar>) {
        if record.buffers.isEmpty {
            record.buffers = Array(repeating: [], count: program.kept.count)
        }
        precondition(
            record.buffers.count == program.kept.count, "the record is of another computation")
        for (place, node) in program.kept.enumerated() {
            swap(&buffers[layout.value(of: node)], &record.buffers[place])
        }
    }
}
