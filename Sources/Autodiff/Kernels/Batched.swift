/// Products of the matrices of two stacks, one after the other.
enum Batched {
    /// `result[i] = left[i] · right[i]`, every matrix of one layout.
    @inline(__always)  // Unspecialized it would ask for memory, which a running decoder must not.
    static func multiply<Scalar: TensorScalar>(
        _ layout: MatrixLayout, _ left: Span<Scalar>, _ right: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        let (leftSize, rightSize) = (layout.rows * layout.inner, layout.inner * layout.columns)
        let size = layout.rows * layout.columns
        guard size > 0 else { return }
        for index in 0..<result.count / size {
            var part = result._mutatingExtracting(index * size..<(index + 1) * size)
            Scalar.multiply(
                layout, left.extracting(index * leftSize..<(index + 1) * leftSize),
                right.extracting(index * rightSize..<(index + 1) * rightSize), into: &part,
                accumulating: accumulating)
        }
    }
}
