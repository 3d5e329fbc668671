/// Kernels over the rows of a matrix `[rows, columns]`.
enum Rows {
    /// `result[column] = Σ_row x[row, column]`.
    static func columnSums<Scalar: TensorScalar>(
        _ x: Span<Scalar>, columns: Int, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        precondition(result.count == columns, "expected \(columns) sums, got \(result.count)")
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        VectorLoops.addColumnSums(x, into: &result)
    }

    /// `result[row, column] = values[column]`.
    static func repeatRow<Scalar: TensorScalar>(
        _ values: Span<Scalar>, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        VectorLoops.repeatRow(values, into: &result, accumulating: accumulating)
    }

    /// `result[row] = Σ_column x[row, column]`.
    static func rowSums<Scalar: TensorScalar>(
        _ x: Span<Scalar>, columns: Int, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        precondition(result.count * columns == x.count, "expected rows of \(columns)")
        for row in 0..<result.count {
            let values = x.extracting(row * columns..<(row + 1) * columns)
            var sum: Scalar = 0
            for column in 0..<columns { sum += values[column] }
            result[row] = accumulating ? result[row] + sum : sum
        }
    }

    /// `result[row] = Σ_column x[row, column] · y[row, column]`.
    static func dots<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ y: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        precondition(
            x.count == y.count && (result.count == 0 || x.count.isMultiple(of: result.count)),
            "expected \(result.count) rows of one width")
        guard result.count > 0 else { return }
        let columns = x.count / result.count
        for row in 0..<result.count {
            var sum: Scalar = 0
            for index in row * columns..<(row + 1) * columns { sum += x[index] * y[index] }
            result[row] = accumulating ? result[row] + sum : sum
        }
    }

    /// `result[row, column] = values[row]`.
    static func repeatColumn<Scalar: TensorScalar>(
        _ values: Span<Scalar>, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        guard values.count > 0 else { return }
        let columns = result.count / values.count
        for row in 0..<values.count {
            var part = result._mutatingExtracting(row * columns..<(row + 1) * columns)
            Elementwise.fill(values[row], into: &part, accumulating: accumulating)
        }
    }
}
