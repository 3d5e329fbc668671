/// The weighted squared error `Σ w (z − t)²` of outputs `z`, targets `t` and weights `w`.
enum SquaredError {
    /// The loss, summed in double precision.
    static func loss<Scalar: TensorScalar>(
        _ z: Span<Scalar>, _ t: Span<Scalar>, _ w: Span<Scalar>
    ) -> Scalar {
        var total = 0.0
        for index in 0..<z.count {
            let error = z[index] - t[index]
            total += Double(w[index] * error * error)
        }
        return Scalar(total)
    }

    /// `result = 2 upstream · w (z − t)`.
    static func gradient<Scalar: TensorScalar>(
        _ z: Span<Scalar>, _ t: Span<Scalar>, _ w: Span<Scalar>, upstream: Scalar,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        for index in 0..<result.count {
            result[index] += 2 * upstream * w[index] * (z[index] - t[index])
        }
    }

    /// `Σ 2 w (z − t) s`, the loss's directional derivative along `s`.
    static func jvp<Scalar: TensorScalar>(
        _ z: Span<Scalar>, _ t: Span<Scalar>, _ w: Span<Scalar>, along s: Span<Scalar>
    ) -> Scalar {
        var total = 0.0
        for index in 0..<z.count {
            total += Double(2 * w[index] * (z[index] - t[index]) * s[index])
        }
        return Scalar(total)
    }
}
