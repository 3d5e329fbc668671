extension Tape {
    /// Records the same numbers as another shape of the same count.
    public mutating func reshape(_ x: Variable, to shape: Shape) -> Variable {
        precondition(
            self.shape(of: x).count == shape.count,
            "\(self.shape(of: x)) has not as many elements as \(shape)")
        return self.shape(of: x) == shape ? x : append(.reshape, [x], shape)
    }

    /// Records a change of the order of axes.
    ///
    /// - Parameters:
    ///   - x: As many numbers as the permutation's extents have.
    ///   - permutation: The axes before and their new order.
    ///   - shape: The shape of the result; that of the permuted axes when left out.
    /// - Returns: The permuted numbers.
    public mutating func permute(
        _ x: Variable, _ permutation: Permutation, as shape: Shape? = nil
    ) -> Variable {
        let result = shape ?? Shape(permutation.result)
        precondition(
            self.shape(of: x).count == permutation.count && result.count == permutation.count,
            "\(self.shape(of: x)) cannot be permuted as \(permutation.extents)")
        return append(.permute(permutation), [x], result)
    }

    /// Records consecutive numbers of a tensor as a shape of their own.
    public mutating func slice(_ x: Variable, from offset: Int, as shape: Shape) -> Variable {
        precondition(
            offset >= 0 && offset + shape.count <= self.shape(of: x).count,
            "\(shape) from \(offset) on is not part of \(self.shape(of: x))")
        return append(.slice(offset: offset), [x], shape)
    }

    /// Records what a convolution's kernel sees: `[patchCount, patchWidth]`.
    public mutating func patches(_ x: Variable, _ layout: PatchLayout) -> Variable {
        precondition(
            shape(of: x).count == layout.inputCount,
            "a layout of \(layout.inputCount) numbers was given \(shape(of: x))")
        return append(.patches(layout), [x], [layout.patchCount, layout.patchWidth])
    }

    /// Records a convolution (a cross-correlation, as in PyTorch).
    ///
    /// - Parameters:
    ///   - x: Images with channels last.
    ///   - layout: The images and the kernel.
    ///   - weight: Numbers of shape `[filters, channels, kernel height, kernel width]`, as PyTorch
    ///     has them.
    ///   - bias: `[filters]`; none when left out.
    /// - Returns: `[patchCount, filters]`: images with channels last.
    public mutating func convolution(
        _ x: Variable, _ layout: PatchLayout, weight: Variable, bias: Variable? = nil
    ) -> Variable {
        let filters = shape(of: weight)[0]
        precondition(
            shape(of: weight).count == filters * layout.patchWidth,
            "a kernel of \(shape(of: weight)) for \(filters) filters of \(layout.patchWidth)")
        // Patches have the channels last, kernels the kernel's extents.
        let kernels = permute(
            weight,
            Permutation(
                extents: [filters, layout.channels, layout.kernel.count], order: [0, 2, 1]),
            as: [filters, layout.patchWidth])
        guard let bias else {
            return product(.plain(patches(x, layout)), .transposed(kernels))
        }
        if let form = Correlation(layout, filters: filters) {
            return append(.correlate(form), [x, kernels, bias], [layout.patchCount, filters])
        }
        return linear(patches(x, layout), weight: kernels, bias: bias)
    }

    /// Records `left[i] · right[i]` for two stacks of matrices.
    ///
    /// - Parameters:
    ///   - left: `[count, rows, inner]`, or `[count, inner, rows]` when transposed.
    ///   - right: `[count, inner, columns]`, or `[count, columns, inner]` when transposed.
    /// - Returns: `[count, rows, columns]`.
    public mutating func batchedProduct(_ left: Factor, _ right: Factor) -> Variable {
        let (first, second) = (shape(of: left.variable), shape(of: right.variable))
        precondition(
            first.rank == 3 && second.rank == 3 && first[0] == second[0],
            "a batched product needs stacks of matrices, got \(first), \(second)")
        let (rows, inner) = left.form.extents(first[1], first[2])
        let (found, columns) = right.form.extents(second[1], second[2])
        precondition(inner == found, "a batched product of \(first) and \(second)")
        return append(
            .batchedProduct(left: left.form, right: right.form), [left.variable, right.variable],
            [first[0], rows, columns])
    }

    /// Records the sum of each row of a matrix `[rows, columns]`, a vector `[rows]`.
    public mutating func rowSums(_ x: Variable) -> Variable {
        precondition(shape(of: x).rank == 2, "expected a matrix, got \(shape(of: x))")
        return append(.rowSums, [x], [shape(of: x)[0]])
    }

    /// Records a vector `[rows]` as every column of a matrix `[rows, count]`.
    public mutating func repeatColumn(_ x: Variable, count: Int) -> Variable {
        precondition(shape(of: x).rank == 1, "expected a vector, got \(shape(of: x))")
        return append(.repeatColumn, [x], [shape(of: x)[0], count])
    }

    /// Records a smooth function of each element.
    public mutating func map(_ x: Variable, _ function: ElementFunction) -> Variable {
        append(.map(function, derivative: 0), [x], shape(of: x))
    }

    /// Records the softmax over the last axis.
    public mutating func softmax(_ x: Variable) -> Variable {
        precondition((shape(of: x).dimensions.last ?? 0) >= 1, "softmax of \(shape(of: x))")
        return append(.softmax, [x], shape(of: x))
    }

    /// Records each row, along the last axis, divided by its spread or length.
    public mutating func normalize(_ x: Variable, _ rule: RowDivisor) -> Variable {
        precondition((shape(of: x).dimensions.last ?? 0) >= 1, "rows of \(shape(of: x))")
        return append(.normalize(rule), [x], shape(of: x))
    }

    /// Records layer normalization over the rows of a matrix.
    ///
    /// - Parameters:
    ///   - x: `[rows, columns]`.
    ///   - weight: `[columns]`.
    ///   - bias: `[columns]`.
    ///   - epsilon: What is added to the variance.
    /// - Returns: `[rows, columns]`.
    public mutating func layerNorm(
        _ x: Variable, weight: Variable, bias: Variable, epsilon: Double = 1e-5
    ) -> Variable {
        let rows = shape(of: x)[0]
        let normalized = normalize(x, .standardized(epsilon: epsilon))
        return add(
            multiply(normalized, repeatRow(weight, count: rows)), repeatRow(bias, count: rows))
    }

    /// Records `g · v / ‖v‖` for each row: weight normalization.
    ///
    /// - Parameters:
    ///   - direction: `v`, whose first extent counts the rows.
    ///   - length: `g`, one number a row.
    /// - Returns: Of the direction's shape.
    public mutating func weightNorm(direction: Variable, length: Variable) -> Variable {
        let shape = self.shape(of: direction)
        let (rows, columns) = (shape[0], shape.count / shape[0])
        let units = normalize(reshape(direction, to: [rows, columns]), .unitLength)
        let lengths = repeatColumn(reshape(length, to: [rows]), count: columns)
        return reshape(multiply(units, lengths), to: shape)
    }

    /// Records the weighted squared error `Σ w (z − t)²`, a scalar.
    ///
    /// - Parameters:
    ///   - outputs: `z`.
    ///   - targets: `t`, a constant of the same shape.
    ///   - weights: `w`, a constant of the same shape; `1 / count` for the mean.
    /// - Returns: The loss.
    public mutating func squaredError(
        _ outputs: Variable, targets: Variable, weights: Variable
    ) -> Variable {
        precondition(
            shape(of: outputs) == shape(of: targets) && shape(of: outputs) == shape(of: weights),
            "expected one shape, got \(shape(of: outputs)) and \(shape(of: targets))")
        precondition(
            !nodes[targets.index].varies && !nodes[weights.index].varies,
            "targets and weights must not depend on parameters")
        return append(.squaredError, [outputs, targets, weights], .scalar)
    }

    /// Records dropout: elements are set to zero with a probability and the others scaled up.
    ///
    /// Which elements, an ``Execution`` says: it starts without dropout, and
    /// ``Execution/drawMasks(key:)`` draws them.
    ///
    /// - Parameters:
    ///   - x: Any values.
    ///   - rate: The probability, at least 0 and below 1; 0 records nothing.
    /// - Returns: Of the same shape.
    public mutating func dropout(_ x: Variable, rate: Double) -> Variable {
        precondition((0..<1).contains(rate), "a rate from 0 to below 1, got \(rate)")
        guard rate > 0 else { return x }
        let mask = input(shape(of: x))
        masks.append(Mask(node: mask.index, rate: rate))
        return multiply(x, mask)
    }
}
