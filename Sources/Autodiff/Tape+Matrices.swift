// Symmetric positive definite matrices, and sums of exponentials.
extension Tape {
    /// Records the inverse of each symmetric positive definite matrix of a stack.
    ///
    /// The solution of equations `A X = B` is the inverse's ``batchedProduct(_:_:)`` with `B`. Values
    /// come from Cholesky factors; derivatives of any order are products with the inverse:
    /// `dA⁻¹ = −A⁻¹ dA A⁻¹`. A matrix that is not positive definite has an inverse that is not a number.
    ///
    /// - Parameter x: `[count, width, width]`; each matrix is symmetric.
    /// - Returns: Of the same shape.
    public mutating func inverse(ofSymmetric x: Variable) -> Variable {
        let shape = shape(of: x)
        precondition(
            shape.rank == 3 && shape[1] == shape[2] && shape[1] >= 1,
            "expected a stack of square matrices, got \(shape)")
        return append(.symmetricInverse, [x], shape)
    }

    /// Records the logarithm of the determinant of each symmetric positive definite matrix of a stack.
    ///
    /// - Parameters:
    ///   - x: `[count, width, width]`; each matrix is symmetric.
    ///   - inverse: What ``inverse(ofSymmetric:)`` has recorded of it: the derivative.
    /// - Returns: `[count]`.
    public mutating func logDeterminants(ofSymmetric x: Variable, inverse: Variable) -> Variable {
        precondition(
            nodes[inverse.index].primitive == .symmetricInverse
                && nodes[inverse.index].operands == [x.index], "expected the inverse of the stack")
        return append(.logDeterminants, [x, inverse], [shape(of: x)[0]])
    }

    /// Records `log Σ exp` of each row of a matrix.
    ///
    /// - Parameter x: `[rows, columns]`, with at least one column.
    /// - Returns: `[rows]`.
    public mutating func logSumExp(_ x: Variable) -> Variable {
        precondition(shape(of: x).rank == 2, "expected a matrix, got \(shape(of: x))")
        return append(.logSumExp, [x, softmax(x)], [shape(of: x)[0]])
    }

    /// Records the scalar product of each row of one matrix with that of another, `[rows]`.
    public mutating func rowProducts(_ x: Variable, _ y: Variable) -> Variable {
        rowSums(multiply(x, y))
    }
}
