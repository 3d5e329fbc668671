extension Tape {
    /// The pull-back of one node: what its adjoint adds to an operand's adjoint.
    ///
    /// Recorded on the tape like any other computation, so that its values are dual numbers too
    /// and their tangents the second derivatives.
    ///
    /// - Parameters:
    ///   - node: The node.
    ///   - operand: Which of its operands; one that varies.
    ///   - adjoint: The node's adjoint, of its shape.
    /// - Returns: The contribution, of the operand's shape.
    mutating func pullBack(_ node: Int, to operand: Int, from adjoint: Variable) -> Variable {
        let primitive = nodes[node].primitive
        let operands = nodes[node].operands.map(Variable.init(index:))
        let shape = self.shape(of: operands[operand])
        switch primitive {
        case .product(let left, let right):
            if operand == 0 {
                return left == .transposed
                    ? product(Factor(operands[1], right), .transposed(adjoint))
                    : product(.plain(adjoint), Factor(operands[1], right.flipped))
            }
            return right == .transposed
                ? product(.transposed(adjoint), Factor(operands[0], left))
                : product(Factor(operands[0], left.flipped), .plain(adjoint))
        case .linear:
            switch operand {
            case 0: return product(.plain(adjoint), .plain(operands[1]))
            case 1: return product(.transposed(adjoint), .plain(operands[0]))
            default: return columnSums(adjoint)
            }
        case .correlate(let form):
            switch operand {
            case 0: return append(.correlationInputs(form), [adjoint, operands[1]], shape)
            case 1: return append(.correlationKernels(form), [operands[0], adjoint], shape)
            default: return columnSums(adjoint)
            }
        case .correlationInputs(let form):
            return operand == 0
                ? append(.correlate(form), [adjoint, operands[1]], shape)
                : append(.correlationKernels(form), [adjoint, operands[0]], shape)
        case .correlationKernels(let form):
            return operand == 0
                ? append(.correlationInputs(form), [operands[1], adjoint], shape)
                : append(.correlate(form), [operands[0], adjoint], shape)
        case .add: return adjoint
        case .subtract: return operand == 0 ? adjoint : scale(adjoint, by: -1)
        case .multiply: return multiply(adjoint, operands[1 - operand])
        case .scale(let factor): return scale(adjoint, by: factor)
        case .sum: return fill(shape, with: adjoint)
        case .fill: return reshape(sum(adjoint), to: shape)
        case .columnSums: return repeatRow(adjoint, count: shape[0])
        case .repeatRow: return columnSums(adjoint)
        case .relu: return gate(adjoint, where: Variable(index: node))
        case .gate: return gate(adjoint, where: operands[1])
        case .crossEntropy:
            return append(.crossEntropyGradient, [operands[0], operands[1], adjoint], shape)
        case .crossEntropyGradient where operand == 0:
            return append(
                .crossEntropyHVP, [operands[0], operands[1], operands[2], adjoint], shape)
        case .crossEntropyGradient:
            return append(.crossEntropyJVP, [operands[0], operands[1], adjoint], shape)
        case .squaredError:
            return append(
                .squaredErrorGradient, [operands[0], operands[1], operands[2], adjoint], shape)
        case .reshape: return append(.reshape, [adjoint], shape)
        case .permute(let permutation):
            return append(.permute(permutation.inverse), [adjoint], shape)
        case .slice(let offset): return append(.embed(offset: offset), [adjoint], shape)
        case .embed(let offset): return append(.slice(offset: offset), [adjoint], shape)
        case .patches(let layout): return append(.patchSums(layout), [adjoint], shape)
        case .patchSums(let layout): return append(.patches(layout), [adjoint], shape)
        case .batchedProduct(let left, let right):
            if operand == 0 {
                return left == .transposed
                    ? batchedProduct(Factor(operands[1], right), .transposed(adjoint))
                    : batchedProduct(.plain(adjoint), Factor(operands[1], right.flipped))
            }
            return right == .transposed
                ? batchedProduct(.transposed(adjoint), Factor(operands[0], left))
                : batchedProduct(Factor(operands[0], left.flipped), .plain(adjoint))
        case .rowSums: return repeatColumn(adjoint, count: shape[1])
        case .repeatColumn: return rowSums(adjoint)
        case .map(let function, let order):
            return append(
                .mapTimes(function, derivative: order + 1), [operands[0], adjoint], shape)
        case .symmetricInverse:
            let inverse = Variable(index: node)
            return scale(
                batchedProduct(
                    .plain(batchedProduct(.plain(inverse), .plain(adjoint))), .plain(inverse)),
                by: -1)
        case .logDeterminants, .logSumExp:
            // The second operand is the derivative by the first.
            let rows = self.shape(of: adjoint).count
            let factors = repeatColumn(adjoint, count: shape.count / rows)
            return multiply(reshape(factors, to: shape), operands[1])
        case .softmax:
            return append(.softmaxJVP, [Variable(index: node), adjoint], shape)
        case .normalize(let rule):
            return append(.normalizeJVP(rule), [operands[0], adjoint], shape)
        case .normalizeColumns(let epsilon):
            return append(.normalizeColumnsJVP(epsilon: epsilon), [operands[0], adjoint], shape)
        case .affineColumns:
            switch operand {
            case 0: return append(.scaleColumns, [adjoint, operands[1]], shape)
            case 1: return append(.columnDots, [adjoint, operands[0]], shape)
            default: return columnSums(adjoint)
            }
        case .scaleColumns:
            return operand == 0
                ? append(.scaleColumns, [adjoint, operands[1]], shape)
                : append(.columnDots, [adjoint, operands[0]], shape)
        case .columnDots:
            return append(.scaleColumns, [operands[1 - operand], adjoint], shape)
        case .maxPool(let layout):
            return append(.maxPoolSpread(layout), [adjoint, operands[0]], shape)
        case .maxPoolSelect(let layout):
            return append(.maxPoolSpread(layout), [adjoint, operands[1]], shape)
        case .maxPoolSpread(let layout):
            return append(.maxPoolSelect(layout), [adjoint, operands[1]], shape)
        case .input, .parameter, .one, .mapTimes, .softmaxJVP, .softmaxJVPChange,
            .symmetricInverseChange, .rowDots,
            .normalizeJVP, .normalizeHVP, .normalizeColumnsJVP, .normalizeColumnsHVP,
            .squaredErrorGradient, .squaredErrorHVP,
            .squaredErrorJVP, .crossEntropyHVP, .crossEntropyJVP:
            preconditionFailure("\(primitive) has no pull-back: it occurs in pull-backs only")
        }
    }
}
