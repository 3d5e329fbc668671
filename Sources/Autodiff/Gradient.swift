/// A loss and its derivatives by all parameters, recorded on one tape.
public struct Gradient: Sendable, Hashable {
    /// One parameter's derivative.
    struct Part: Sendable, Hashable {
        /// The parameter's place in the flat vector.
        let range: Range<Int>
        /// The derivative; `nil` where the loss does not depend on the parameter.
        let node: Int?
    }

    /// The computation and its reverse sweep.
    let tape: Tape
    /// The loss, a scalar.
    let loss: Int
    let parts: [Part]

    /// Records the reverse sweep of a loss.
    ///
    /// Only adjoints on a way from the loss to a parameter are recorded: none for inputs.
    ///
    /// - Parameters:
    ///   - loss: A scalar on the tape.
    ///   - tape: The computation.
    public init(of loss: Tape.Variable, on tape: Tape) {
        precondition(
            tape.shape(of: loss).count == 1, "expected a scalar, got \(tape.shape(of: loss))")
        var tape = tape
        let forward = tape.nodes
        var adjoints: [Tape.Variable?] = Array(repeating: nil, count: forward.count)
        adjoints[loss.index] = tape.append(.one, [], tape.shape(of: loss))
        for index in stride(from: loss.index, through: 0, by: -1) {
            guard let adjoint = adjoints[index], forward[index].varies else { continue }
            for (place, operand) in forward[index].operands.enumerated() {
                guard forward[operand].varies, forward[index].primitive.isPulledBack(to: place)
                else { continue }
                let contribution = tape.pullBack(index, to: place, from: adjoint)
                // A value used twice has the sum of what its uses ask for.
                adjoints[operand] =
                    adjoints[operand].map { tape.add($0, contribution) } ?? contribution
            }
        }
        self.tape = tape
        self.loss = loss.index
        parts = forward.enumerated().compactMap { index, node in
            guard case .parameter(let offset) = node.primitive else { return nil }
            return Part(
                range: offset..<offset + node.shape.count, node: adjoints[index]?.index)
        }
    }
}

extension Primitive {
    /// Whether a derivative flows to the operand at a place.
    fileprivate func isPulledBack(to place: Int) -> Bool {
        switch self {
        case .gate, .maxPoolSelect, .maxPoolSpread: place == 0
        case .crossEntropy, .squaredError, .logDeterminants, .logSumExp: place == 0
        case .crossEntropyGradient: place != 1
        default: true
        }
    }
}
