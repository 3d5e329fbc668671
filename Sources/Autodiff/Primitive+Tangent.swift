extension Primitive {
    /// The product rule: the terms whose sum is the tangent of a dual result.
    ///
    /// A term with a tangent that is absent is zero and left out. Together with the pull-backs
    /// this makes reverse mode over dual numbers, whose tangents are Hessian-vector products
    /// (Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6, 1994).
    var tangentTerms: [TangentTerm] {
        switch self {
        case .input, .parameter, .one: []
        case .product, .batchedProduct:
            [TangentTerm(self, .tangent(0), .value(1)), TangentTerm(self, .value(0), .tangent(1))]
        case .linear:
            [
                TangentTerm(.product(left: .plain, right: .transposed), .tangent(0), .value(1)),
                TangentTerm(.product(left: .plain, right: .transposed), .value(0), .tangent(1)),
                TangentTerm(.repeatRow, .tangent(2)),
            ]
        case .correlate(let form):
            [
                TangentTerm(.correlate(form), .tangent(0), .value(1)),
                TangentTerm(.correlate(form), .value(0), .tangent(1)),
                TangentTerm(.repeatRow, .tangent(2)),
            ]
        case .correlationInputs, .correlationKernels:
            [TangentTerm(self, .tangent(0), .value(1)), TangentTerm(self, .value(0), .tangent(1))]
        case .add: [TangentTerm(.scale(1), .tangent(0)), TangentTerm(.scale(1), .tangent(1))]
        case .subtract: [TangentTerm(.scale(1), .tangent(0)), TangentTerm(.scale(-1), .tangent(1))]
        case .multiply:
            [
                TangentTerm(.multiply, .tangent(0), .value(1)),
                TangentTerm(.multiply, .value(0), .tangent(1)),
            ]
        case .scale, .sum, .fill, .columnSums, .repeatRow, .reshape, .permute, .slice, .embed,
            .patches, .patchSums, .rowSums, .repeatColumn:
            [TangentTerm(self, .tangent(0))]
        case .map(let function, let order):
            [
                TangentTerm(
                    .mapTimes(function, derivative: order + 1), .value(0), .tangent(0))
            ]
        case .mapTimes(let function, let order):
            [
                TangentTerm(self, .value(0), .tangent(1)),
                TangentTerm(
                    .mapTimes(function, derivative: order + 1), .value(0), .value(1), .tangent(0)),
            ]
        case .symmetricInverse:
            [TangentTerm(.symmetricInverseChange, .result, .tangent(0))]
        case .logDeterminants, .logSumExp: [TangentTerm(.rowDots, .value(1), .tangent(0))]
        case .softmax: [TangentTerm(.softmaxJVP, .result, .tangent(0))]
        case .softmaxJVP:
            [
                TangentTerm(.softmaxJVP, .value(0), .tangent(1)),
                TangentTerm(.softmaxJVPChange, .value(0), .tangent(0), .value(1)),
            ]
        case .normalize(let rule):
            [TangentTerm(.normalizeJVP(rule), .value(0), .tangent(0))]
        case .normalizeJVP(let rule):
            [
                TangentTerm(self, .value(0), .tangent(1)),
                TangentTerm(.normalizeHVP(rule), .value(0), .tangent(0), .value(1)),
            ]
        case .normalizeColumns(let epsilon):
            [TangentTerm(.normalizeColumnsJVP(epsilon: epsilon), .value(0), .tangent(0))]
        case .normalizeColumnsJVP(let epsilon):
            [
                TangentTerm(self, .value(0), .tangent(1)),
                TangentTerm(
                    .normalizeColumnsHVP(epsilon: epsilon), .value(0), .tangent(0), .value(1)),
            ]
        case .affineColumns:
            [
                TangentTerm(.scaleColumns, .tangent(0), .value(1)),
                TangentTerm(.scaleColumns, .value(0), .tangent(1)),
                TangentTerm(.repeatRow, .tangent(2)),
            ]
        case .scaleColumns, .columnDots:
            [TangentTerm(self, .tangent(0), .value(1)), TangentTerm(self, .value(0), .tangent(1))]
        case .maxPool(let layout):
            [TangentTerm(.maxPoolSelect(layout), .tangent(0), .value(0))]
        case .maxPoolSelect, .maxPoolSpread: [TangentTerm(self, .tangent(0), .value(1))]
        case .squaredError:
            [TangentTerm(.squaredErrorJVP, .value(0), .value(1), .value(2), .tangent(0))]
        case .squaredErrorGradient:
            [
                TangentTerm(.squaredErrorHVP, .value(2), .value(3), .tangent(0)),
                TangentTerm(self, .value(0), .value(1), .value(2), .tangent(3)),
            ]
        case .relu: [TangentTerm(.gate, .tangent(0), .result)]
        case .gate: [TangentTerm(.gate, .tangent(0), .value(1))]
        case .crossEntropy:
            [TangentTerm(.crossEntropyJVP, .value(0), .value(1), .tangent(0))]
        case .crossEntropyGradient:
            [
                TangentTerm(
                    .crossEntropyHVP, .value(0), .value(1), .value(2), .tangent(0)),
                TangentTerm(.crossEntropyGradient, .value(0), .value(1), .tangent(2)),
            ]
        case .crossEntropyHVP, .crossEntropyJVP, .softmaxJVPChange, .symmetricInverseChange,
            .rowDots, .normalizeHVP, .normalizeColumnsHVP, .squaredErrorHVP, .squaredErrorJVP:
            preconditionFailure("\(self) has no tangent: third derivatives are not defined")
        }
    }
}
