/// Rows divided by their spread or length, with derivatives.
///
/// With `n` the result and `σ` the divisor, the Jacobian `J = (I − P − n nᵀ / N) / σ` is symmetric:
/// it serves the tangent and the pull-back alike. `P` takes the mean away and `N` is the row's
/// count when rows are standardized; for unit length there is no `P`, and `N = 1`.
enum RowNormalization {
    static func value<Scalar: TensorScalar>(
        _ rule: RowDivisor, _ x: Span<Scalar>, columns: Int,
        into result: inout MutableSpan<Scalar>
    ) {
        for start in stride(from: 0, to: x.count, by: columns) {
            let values = x.extracting(start..<start + columns)
            let row = Row(rule, values)
            for index in 0..<columns { result[start + index] = row.normalized(values[index]) }
        }
    }

    /// `J a`.
    static func jvp<Scalar: TensorScalar>(
        _ rule: RowDivisor, _ x: Span<Scalar>, along a: Span<Scalar>, columns: Int,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        for start in stride(from: 0, to: x.count, by: columns) {
            let values = x.extracting(start..<start + columns)
            let row = Row(rule, values)
            let along = a.extracting(start..<start + columns)
            let (mean, share) = row.projections(of: along, values)
            for index in 0..<columns {
                result[start + index] +=
                    (along[index] - mean - row.normalized(values[index]) * share) * row.inverse
            }
        }
    }

    /// How `J a` changes with the row along `s`:
    /// `−(σ̇ / σ) J a − (ṅ (n · a) + n (ṅ · a)) / (N σ)`, with `ṅ = J s` and `σ̇ = n · s / N`.
    static func hvp<Scalar: TensorScalar>(
        _ rule: RowDivisor, _ x: Span<Scalar>, _ s: Span<Scalar>, along a: Span<Scalar>,
        columns: Int, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        for start in stride(from: 0, to: x.count, by: columns) {
            let values = x.extracting(start..<start + columns)
            let row = Row(rule, values)
            let along = a.extracting(start..<start + columns)
            let moved = s.extracting(start..<start + columns)
            let (mean, share) = row.projections(of: along, values)
            let (movedMean, movedShare) = row.projections(of: moved, values)
            var mixed: Scalar = 0
            for index in 0..<columns {
                mixed +=
                    (moved[index] - movedMean - row.normalized(values[index]) * movedShare)
                    * along[index]
            }
            mixed *= row.inverse * row.weight
            for index in 0..<columns {
                let change =
                    (moved[index] - movedMean - row.normalized(values[index]) * movedShare)
                    * row.inverse
                let jvp =
                    (along[index] - mean - row.normalized(values[index]) * share) * row.inverse
                result[start + index] -=
                    row.inverse
                    * (movedShare * jvp + change * share + row.normalized(values[index]) * mixed)
            }
        }
    }

    /// What a row is shifted and divided by.
    private struct Row<Scalar: TensorScalar> {
        private let mean: Scalar
        private let centered: Bool
        /// `1 / σ`.
        let inverse: Scalar
        /// `1 / N`.
        let weight: Scalar

        init(_ rule: RowDivisor, _ values: Span<Scalar>) {
            let count = values.count
            var mean: Scalar = 0
            var square: Scalar = 0
            switch rule {
            case .standardized(let epsilon):
                for index in 0..<count { mean += values[index] }
                mean /= Scalar(count)
                for index in 0..<count {
                    square += (values[index] - mean) * (values[index] - mean)
                }
                weight = 1 / Scalar(count)
                inverse = 1 / (square * weight + Scalar(epsilon)).root
                centered = true
            case .unitLength:
                for index in 0..<count { square += values[index] * values[index] }
                weight = 1
                inverse = 1 / square.root
                centered = false
            }
            self.mean = mean
        }

        /// An element of the result.
        func normalized(_ value: Scalar) -> Scalar { (value - mean) * inverse }

        /// The mean of a vector, where means are taken away, and its share along `n`, over `N`.
        func projections(
            of vector: Span<Scalar>, _ values: Span<Scalar>
        ) -> (mean: Scalar, share: Scalar) {
            var (sum, share): (Scalar, Scalar) = (0, 0)
            for index in 0..<vector.count {
                sum += vector[index]
                share += vector[index] * normalized(values[index])
            }
            return (centered ? sum * weight : 0, share * weight)
        }
    }
}
