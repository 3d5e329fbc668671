/// `y = exp(x) / Σ exp(x)` over the rows of a matrix.
enum Softmax {
    static func value<Scalar: TensorScalar>(
        _ x: Span<Scalar>, columns: Int, into result: inout MutableSpan<Scalar>
    ) {
        for start in stride(from: 0, to: x.count, by: columns) {
            let row = x.extracting(start..<start + columns)
            var target = result._mutatingExtracting(start..<start + columns)
            var largest = row[0]
            for index in 1..<columns { largest = row[index] > largest ? row[index] : largest }
            var sum: Scalar = 0
            for index in 0..<columns {
                let term = (row[index] - largest).exponential
                target[index] = term
                sum += term
            }
            let scale = 1 / sum
            for index in 0..<columns { target[index] *= scale }
        }
    }

    /// `log Σ exp(x)` of each row.
    static func logSumExp<Scalar: TensorScalar>(
        _ x: Span<Scalar>, columns: Int, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        for place in 0..<result.count {
            let row = x.extracting(place * columns..<(place + 1) * columns)
            var largest = row[0]
            for index in 1..<columns { largest = row[index] > largest ? row[index] : largest }
            var sum: Scalar = 0
            for index in 0..<columns { sum += (row[index] - largest).exponential }
            let value = largest + sum.naturalLogarithm
            result[place] = accumulating ? result[place] + value : value
        }
    }

    /// The derivative times a vector, forwards and backwards alike: `y ∘ (s − y · s)`.
    static func jvp<Scalar: TensorScalar>(
        _ y: Span<Scalar>, along s: Span<Scalar>, columns: Int,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        for start in stride(from: 0, to: y.count, by: columns) {
            let row = y.extracting(start..<start + columns)
            let along = s.extracting(start..<start + columns)
            var target = result._mutatingExtracting(start..<start + columns)
            let mean = dot(row, along)
            for index in 0..<columns { target[index] += row[index] * (along[index] - mean) }
        }
    }

    /// How ``jvp`` changes with `y` along `ẏ`: `ẏ ∘ (s − y · s) − y (ẏ · s)`.
    static func jvpChange<Scalar: TensorScalar>(
        _ y: Span<Scalar>, _ change: Span<Scalar>, along s: Span<Scalar>, columns: Int,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        for start in stride(from: 0, to: y.count, by: columns) {
            let row = y.extracting(start..<start + columns)
            let moved = change.extracting(start..<start + columns)
            let along = s.extracting(start..<start + columns)
            var target = result._mutatingExtracting(start..<start + columns)
            let (mean, movedMean) = (dot(row, along), dot(moved, along))
            for index in 0..<columns {
                target[index] += moved[index] * (along[index] - mean) - row[index] * movedMean
            }
        }
    }

    private static func dot<Scalar: TensorScalar>(_ x: Span<Scalar>, _ y: Span<Scalar>) -> Scalar {
        var sum: Scalar = 0
        for index in 0..<x.count { sum += x[index] * y[index] }
        return sum
    }
}
