internal import Autodiff

/// Loops over whole vectors.
enum Elements {
    /// `result += factor · values`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    static func add<Scalar: TensorScalar>(
        _ values: [Scalar], times factor: Scalar, to result: inout [Scalar]
    ) {
        precondition(values.count == result.count, "vectors differ in length")
        let source = values.span
        var target = result.mutableSpan
        VectorLoops.add(source, times: factor, into: &target)
    }
}
