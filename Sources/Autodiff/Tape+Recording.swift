extension Tape {
    /// Records `x Wᵀ + b`.
    ///
    /// - Parameters:
    ///   - x: `[rows, inputs]`.
    ///   - weight: `[outputs, inputs]`, as PyTorch's `Linear` has it.
    ///   - bias: `[outputs]`.
    /// - Returns: `[rows, outputs]`.
    public mutating func linear(_ x: Variable, weight: Variable, bias: Variable) -> Variable {
        let (rows, weights, biases) = (shape(of: x), shape(of: weight), shape(of: bias))
        precondition(
            rows.rank == 2 && weights.rank == 2 && rows[1] == weights[1]
                && biases == Shape([weights[0]]),
            "linear of \(rows) by weight \(weights) and bias \(biases)")
        return append(.linear, [x, weight, bias], [rows[0], weights[0]])
    }

    /// The rows that a linear layer was applied to.
    ///
    /// - Parameter x: A value on the tape.
    /// - Returns: What ``linear(_:weight:bias:)`` was given; `nil` when it has not recorded `x`.
    public func operand(ofLinear x: Variable) -> Variable? {
        guard nodes[x.index].primitive == .linear else { return nil }
        return Variable(index: nodes[x.index].operands[0])
    }

    /// Records the product of two matrices.
    ///
    /// - Parameters:
    ///   - left: `[rows, inner]`, or `[inner, rows]` when transposed.
    ///   - right: `[inner, columns]`, or `[columns, inner]` when transposed.
    /// - Returns: `[rows, columns]`.
    public mutating func product(_ left: Factor, _ right: Factor) -> Variable {
        let (first, second) = (shape(of: left.variable), shape(of: right.variable))
        precondition(
            first.rank == 2 && second.rank == 2, "a product needs matrices, got \(first), \(second)"
        )
        let (rows, inner) = left.form.extents(first[0], first[1])
        let (found, columns) = right.form.extents(second[0], second[1])
        precondition(inner == found, "a product of \(first) and \(second)")
        return append(
            .product(left: left.form, right: right.form), [left.variable, right.variable],
            [rows, columns])
    }

    /// Records `x + y`, both of one shape.
    public mutating func add(_ x: Variable, _ y: Variable) -> Variable {
        append(.add, [x, y], commonShape(x, y))
    }

    /// Records `x − y`, both of one shape.
    public mutating func subtract(_ x: Variable, _ y: Variable) -> Variable {
        append(.subtract, [x, y], commonShape(x, y))
    }

    /// Records `x · y` element by element, both of one shape.
    public mutating func multiply(_ x: Variable, _ y: Variable) -> Variable {
        append(.multiply, [x, y], commonShape(x, y))
    }

    /// Records `factor · x`.
    public mutating func scale(_ x: Variable, by factor: Double) -> Variable {
        append(.scale(factor), [x], shape(of: x))
    }

    /// Records the sum of all elements, a scalar.
    public mutating func sum(_ x: Variable) -> Variable {
        append(.sum, [x], .scalar)
    }

    /// Records a scalar at every place of a shape.
    public mutating func fill(_ shape: Shape, with scalar: Variable) -> Variable {
        precondition(
            self.shape(of: scalar).count == 1, "expected a scalar, got \(self.shape(of: scalar))")
        return append(.fill, [scalar], shape)
    }

    /// Records the sum of the rows of a matrix `[rows, columns]`, a vector `[columns]`.
    public mutating func columnSums(_ x: Variable) -> Variable {
        precondition(shape(of: x).rank == 2, "expected a matrix, got \(shape(of: x))")
        return append(.columnSums, [x], [shape(of: x)[1]])
    }

    /// Records a vector `[columns]` as every row of a matrix `[count, columns]`.
    public mutating func repeatRow(_ x: Variable, count: Int) -> Variable {
        precondition(shape(of: x).rank == 1, "expected a vector, got \(shape(of: x))")
        return append(.repeatRow, [x], [count, shape(of: x)[0]])
    }

    /// Records `max(x, 0)`; its derivative at 0 is 0.
    public mutating func relu(_ x: Variable) -> Variable {
        append(.relu, [x], shape(of: x))
    }

    /// Records `x` where `gate` is positive and 0 elsewhere; no derivative goes to `gate`.
    public mutating func gate(_ x: Variable, where gate: Variable) -> Variable {
        append(.gate, [x, gate], commonShape(x, gate))
    }

    /// Records the softmax cross-entropy `Σ_row (w log Σ exp z − t · z)`, a scalar.
    ///
    /// - Parameters:
    ///   - logits: `z`, `[rows, classes]`.
    ///   - targets: `t`, `[rows, classes]`, a constant: a row sums to its sample's weight `w`.
    ///     With `1 / rows` at each sample's class the loss is the mean over the batch; the sum of
    ///     several minibatches' means is one batch whose rows weigh one over their minibatch.
    /// - Returns: The loss.
    public mutating func crossEntropy(_ logits: Variable, targets: Variable) -> Variable {
        let common = commonShape(logits, targets)
        precondition(common.rank == 2 && common[1] >= 1, "expected rows of logits, got \(common)")
        precondition(!nodes[targets.index].varies, "targets must not depend on parameters")
        return append(.crossEntropy, [logits, targets], .scalar)
    }

    private func commonShape(_ x: Variable, _ y: Variable) -> Shape {
        precondition(
            shape(of: x) == shape(of: y), "expected one shape, got \(shape(of: x)), \(shape(of: y))"
        )
        return shape(of: x)
    }
}
