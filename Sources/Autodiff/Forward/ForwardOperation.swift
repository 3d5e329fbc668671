/// What a node of a ``ForwardGraph`` computes from its operands: the operations of a ``Tape`` that
/// occur on the way from a batch to its outputs.
package enum ForwardOperation: Sendable, Hashable {
    /// The batch.
    case input
    /// Numbers that are the same for every batch; where they are those of one parameter, the
    /// parameter's place in the flat vector.
    case constant([Float], parameter: Int?)
    /// `x Wᵀ + b`.
    case linear
    /// The product of two matrices, each in its form.
    case product(left: MatrixForm, right: MatrixForm)
    /// The products of the matrices of two stacks, each in its form.
    case batchedProduct(left: MatrixForm, right: MatrixForm)
    /// `x + y`.
    case add
    /// `x − y`.
    case subtract
    /// `x · y`, element by element.
    case multiply
    /// `factor · x`.
    case scale(Double)
    /// `max(x, 0)`.
    case relu
    /// The first operand where the second is positive, else 0.
    case gate
    /// A function of each element.
    case map(ElementFunction)
    /// The same numbers as another shape.
    case reshape
    /// The numbers with their axes, of these extents, in another order.
    case permute(extents: [ForwardGraph.Extent], order: [Int])
    /// Consecutive numbers, from this place on; places of a batch are as many times as large.
    case slice(offset: Int)
    /// Convolutions by kernels `[filters, kernel height × kernel width × channels]`, plus a bias:
    /// images, kernels, bias. The layout's images are those of one window.
    case convolution(PatchLayout, filters: Int)
    /// What a convolution's kernel sees, one row a place. The layout's images are those of one
    /// window.
    case patches(PatchLayout)
    /// The sum of a matrix's rows.
    case columnSums
    /// The sum of each row of a matrix.
    case rowSums
    /// A vector as every row of a matrix.
    case repeatRow
    /// A vector as every column of a matrix.
    case repeatColumn
    /// A scalar at every place of a shape.
    case fill
    /// The softmax of each row.
    case softmax
    /// Each row divided by its spread or its length.
    case normalize(RowDivisor)
    /// `log Σ exp` of each row.
    case logSumExp
}
