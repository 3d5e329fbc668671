/// What a node of a tape computes from its operands.
///
/// The set is closed under differentiation: each pull-back (`Primitive+Pullback.swift`) and each
/// tangent (`Primitive+Tangent.swift`) is written once, in terms of these same primitives, and
/// the kernels know of values only.
enum Primitive: Sendable, Hashable {
    /// A constant that is set before the tape is run.
    case input
    /// A part of the flat vector of parameters, from this offset on.
    case parameter(offset: Int)
    /// The number 1, the adjoint of a loss by itself.
    case one
    /// The product of two matrices, each in its form.
    case product(left: MatrixForm, right: MatrixForm)
    /// `x Wᵀ + b`, the bias added to every row.
    case linear
    /// `x + y`.
    case add
    /// `x − y`.
    case subtract
    /// `x · y`, element by element.
    case multiply
    /// `factor · x`.
    case scale(Double)
    /// The sum of all elements.
    case sum
    /// A scalar at every place of a shape.
    case fill
    /// The sum of a matrix's rows.
    case columnSums
    /// A vector as every row of a matrix.
    case repeatRow
    /// `max(x, 0)`.
    case relu
    /// The first operand where the second is positive, else 0.
    case gate
    /// The same numbers as another shape.
    case reshape
    /// The numbers with their axes in another order.
    case permute(Permutation)
    /// Consecutive numbers, from this place on.
    case slice(offset: Int)
    /// Numbers at this place among zeros.
    case embed(offset: Int)
    /// What a convolution's kernel sees, one row a place.
    case patches(PatchLayout)
    /// For each pixel the sum of what all patches hold of it.
    case patchSums(PatchLayout)
    /// What kernels give of signals, plus a bias: signals, kernels, bias.
    case correlate(Correlation)
    /// What results of a convolution ask of its signals: results, kernels.
    case correlationInputs(Correlation)
    /// What results of a convolution ask of its kernels: signals, results.
    case correlationKernels(Correlation)
    /// The products of the matrices of two stacks, each in its form.
    case batchedProduct(left: MatrixForm, right: MatrixForm)
    /// The sum of each row of a matrix.
    case rowSums
    /// A vector as every column of a matrix.
    case repeatColumn
    /// A function of each element, or its derivative of this order.
    case map(ElementFunction, derivative: Int)
    /// A function's derivative of this order at the first operand, times all other operands.
    case mapTimes(ElementFunction, derivative: Int)
    /// The softmax of each row.
    case softmax
    /// Its derivative times a vector: the softmax's value, vector.
    case softmaxJVP
    /// How that changes with the value: value, its change, vector.
    case softmaxJVPChange
    /// Each row divided by its spread or its length.
    case normalize(RowDivisor)
    /// Its derivative times a vector: rows, vector.
    case normalizeJVP(RowDivisor)
    /// How that changes with the rows: rows, their change, vector.
    case normalizeHVP(RowDivisor)
    /// Each column of a matrix divided by its spread, to whose square this is added.
    case normalizeColumns(epsilon: Double)
    /// Its derivative times a vector: columns, vector.
    case normalizeColumnsJVP(epsilon: Double)
    /// How that changes with the columns: columns, their change, vector.
    case normalizeColumnsHVP(epsilon: Double)
    /// Each column times its factor, plus its term: matrix, factors, terms.
    case affineColumns
    /// Each column times its factor: matrix, factors.
    case scaleColumns
    /// The scalar product of each column of a matrix with that of another one.
    case columnDots
    /// The largest number of each patch of images, channel by channel.
    case maxPool(PatchLayout)
    /// What images hold where the second operand's patches have their largest numbers.
    case maxPoolSelect(PatchLayout)
    /// What is given for each patch, where the second operand's patches have their largest numbers.
    case maxPoolSpread(PatchLayout)
    /// The inverse of each matrix of a stack, all symmetric and positive definite.
    case symmetricInverse
    /// How inverses change with their matrices: inverses, change.
    case symmetricInverseChange
    /// The logarithm of each matrix's determinant: a stack, its inverses.
    case logDeterminants
    /// `log Σ exp` of each row: rows, their softmax.
    case logSumExp
    /// The scalar product of each row with that of another matrix, whatever their shapes.
    case rowDots
    /// The weighted squared error: outputs, targets, weights.
    case squaredError
    /// Its gradient by the outputs, times a scalar: outputs, targets, weights, scalar.
    case squaredErrorGradient
    /// That gradient's change: weights, scalar, change of the outputs.
    case squaredErrorHVP
    /// The loss's directional derivative along a direction: outputs, targets, weights, direction.
    case squaredErrorJVP
    /// The softmax cross-entropy of logits against weighted targets; see ``CrossEntropy``.
    case crossEntropy
    /// Its gradient by the logits, times a scalar: operands logits, targets, scalar.
    case crossEntropyGradient
    /// Its second derivative along a direction, times a scalar: logits, targets, scalar,
    /// direction.
    case crossEntropyHVP
    /// Its directional derivative along a direction: logits, targets, direction.
    case crossEntropyJVP

    /// Whether the result may take the first operand's place.
    var worksInPlace: Bool {
        switch self {
        case .relu, .gate: true
        default: false
        }
    }

    /// Whether this is a value that is given instead of computed.
    var isLeaf: Bool {
        switch self {
        case .input, .parameter, .one: true
        default: false
        }
    }
}
