extension Execution {
    /// Runs one kernel whose first operand is its result.
    func performInPlace(_ instruction: Instruction, on result: inout MutableSpan<Scalar>) {
        switch instruction.primitive {
        case .relu: VectorLoops.rectify(&result)
        case .gate:
            let buffers = buffers.span
            VectorLoops.gate(
                &result,
                where: buffers[instruction.second.buffer].span
                    .extracting(instruction.second.range))
        default: preconditionFailure("an operation that cannot work in place")
        }
    }

    /// Runs one kernel.
    func perform(
        _ instruction: Instruction, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        // Through spans, so that nothing is retained; a value that was not computed is empty,
        // and taking its numbers fails.
        let buffers = buffers.span
        let a = buffers[instruction.first.buffer].span.extracting(instruction.first.range)
        let b = buffers[instruction.second.buffer].span.extracting(instruction.second.range)
        let c = buffers[instruction.third.buffer].span.extracting(instruction.third.range)
        let d = buffers[instruction.fourth.buffer].span.extracting(instruction.fourth.range)
        let columns = instruction.columns
        switch instruction.primitive {
        case .input, .parameter, .one:
            preconditionFailure("a leaf is not computed")
        case .product:
            guard let layout = instruction.layout else { return }
            Scalar.multiply(layout, a, b, into: &result, accumulating: accumulating)
        case .linear:
            guard let layout = instruction.layout else { return }
            Rows.repeatRow(c, into: &result, accumulating: accumulating)
            Scalar.multiply(layout, a, b, into: &result, accumulating: true)
        case .add: Elementwise.add(a, b, into: &result, accumulating: accumulating)
        case .subtract: Elementwise.subtract(a, b, into: &result, accumulating: accumulating)
        case .multiply: Elementwise.multiply(a, b, into: &result, accumulating: accumulating)
        case .scale(let factor):
            Elementwise.scale(a, by: Scalar(factor), into: &result, accumulating: accumulating)
        case .sum:
            Elementwise.fill(Elementwise.sum(a), into: &result, accumulating: accumulating)
        case .fill: Elementwise.fill(a[0], into: &result, accumulating: accumulating)
        case .columnSums:
            Rows.columnSums(a, columns: columns, into: &result, accumulating: accumulating)
        case .repeatRow: Rows.repeatRow(a, into: &result, accumulating: accumulating)
        case .relu: Elementwise.rectify(a, into: &result, accumulating: accumulating)
        case .gate: Elementwise.gate(a, where: b, into: &result, accumulating: accumulating)
        case .reshape:
            Elementwise.scale(a, by: 1, into: &result, accumulating: accumulating)
        case .permute(let permutation):
            Movement.permute(permutation, a, into: &result, accumulating: accumulating)
        case .slice(let offset):
            Movement.slice(from: offset, a, into: &result, accumulating: accumulating)
        case .embed(let offset):
            Movement.embed(at: offset, a, into: &result, accumulating: accumulating)
        case .patches(let layout):
            Movement.patches(layout, a, into: &result, accumulating: accumulating)
        case .patchSums(let layout):
            Movement.patchSums(layout, a, into: &result, accumulating: accumulating)
        case .correlate(let form):
            form.outputs(a, b, bias: c, into: &result, accumulating: accumulating)
        case .correlationInputs(let form):
            form.inputs(a, b, into: &result, accumulating: accumulating)
        case .correlationKernels(let form):
            form.kernels(a, b, into: &result, accumulating: accumulating)
        case .batchedProduct:
            guard let layout = instruction.layout else { return }
            Batched.multiply(layout, a, b, into: &result, accumulating: accumulating)
        case .rowSums:
            Rows.rowSums(a, columns: columns, into: &result, accumulating: accumulating)
        case .repeatColumn:
            Rows.repeatColumn(a, into: &result, accumulating: accumulating)
        case .map(let function, let order):
            Elementwise.map(
                function, order, a, into: &result, accumulating: accumulating)
        case .mapTimes(let function, let order):
            if instruction.operands.count == 2 {
                Elementwise.mapTimes(
                    function, order, a, b, into: &result, accumulating: accumulating)
            } else {
                Elementwise.mapTimes(
                    function, order, a, b, c, into: &result, accumulating: accumulating)
            }
        case .symmetricInverse: SymmetricMatrices.inverses(of: a, width: columns, into: &result)
        case .symmetricInverseChange:
            SymmetricMatrices.inverseChanges(
                a, along: b, width: columns, into: &result, accumulating: accumulating)
        case .logDeterminants:
            SymmetricMatrices.logDeterminants(
                of: a, width: columns, into: &result, accumulating: accumulating)
        case .logSumExp:
            Softmax.logSumExp(a, columns: columns, into: &result, accumulating: accumulating)
        case .rowDots: Rows.dots(a, b, into: &result, accumulating: accumulating)
        case .softmax: Softmax.value(a, columns: columns, into: &result)
        case .softmaxJVP:
            Softmax.jvp(
                a, along: b, columns: columns, into: &result, accumulating: accumulating)
        case .softmaxJVPChange:
            Softmax.jvpChange(
                a, b, along: c, columns: columns, into: &result, accumulating: accumulating)
        case .normalize(let rule):
            RowNormalization.value(rule, a, columns: columns, into: &result)
        case .normalizeJVP(let rule):
            RowNormalization.jvp(
                rule, a, along: b, columns: columns, into: &result, accumulating: accumulating)
        case .normalizeHVP(let rule):
            RowNormalization.hvp(
                rule, a, b, along: c, columns: columns, into: &result,
                accumulating: accumulating)
        case .normalizeColumns(let epsilon):
            ColumnNormalization.value(a, columns: columns, epsilon, into: &result)
        case .normalizeColumnsJVP(let epsilon):
            ColumnNormalization.jvp(
                a, along: b, columns: columns, epsilon, into: &result, accumulating: accumulating)
        case .normalizeColumnsHVP(let epsilon):
            ColumnNormalization.hvp(
                a, b, along: c, columns: columns, epsilon, into: &result,
                accumulating: accumulating)
        case .affineColumns, .scaleColumns:
            Columns.scale(a, by: b, plus: c, into: &result, accumulating: accumulating)
        case .columnDots:
            Columns.dots(a, b, columns: columns, into: &result, accumulating: accumulating)
        case .maxPool(let layout):
            Pooling.largest(layout, a, into: &result, accumulating: accumulating)
        case .maxPoolSelect(let layout):
            Pooling.select(layout, a, where: b, into: &result, accumulating: accumulating)
        case .maxPoolSpread(let layout):
            Pooling.spread(layout, a, where: b, into: &result, accumulating: accumulating)
        case .squaredError:
            Elementwise.fill(
                SquaredError.loss(a, b, c), into: &result, accumulating: accumulating)
        case .squaredErrorGradient:
            SquaredError.gradient(
                a, b, c, upstream: d[0], into: &result, accumulating: accumulating)
        case .squaredErrorHVP:
            Elementwise.multiply(
                a, c, by: 2 * b[0], into: &result, accumulating: accumulating)
        case .squaredErrorJVP:
            Elementwise.fill(
                SquaredError.jvp(a, b, c, along: d), into: &result, accumulating: accumulating)
        case .crossEntropy:
            Elementwise.fill(
                CrossEntropy.loss(a, b, classes: columns), into: &result,
                accumulating: accumulating)
        case .crossEntropyGradient:
            CrossEntropy.gradient(
                a, b, upstream: c[0], classes: columns, into: &result,
                accumulating: accumulating)
        case .crossEntropyHVP:
            CrossEntropy.hvp(
                a, b, upstream: c[0], along: d, classes: columns, into: &result,
                accumulating: accumulating)
        case .crossEntropyJVP:
            Elementwise.fill(
                CrossEntropy.jvp(a, b, along: c, classes: columns), into: &result,
                accumulating: accumulating)
        }
    }
}
