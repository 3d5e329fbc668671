private import CBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix, by LAPACK's `dsyev`.
package struct SymmetricEigen: Sendable {
    /// The eigenvalues in ascending order.
    package let values: [Double]
    /// The eigenvectors, one after the other.
    private let vectors: [Double]
    private let width: Int

    /// Finds them.
    ///
    /// - Parameters:
    ///   - matrix: `[width]²`, symmetric and finite.
    ///   - width: Its width, at least 1.
    package init(_ matrix: [Double], width: Int) {
        precondition(width >= 1 && matrix.count == width * width, "expected \(width)² numbers")
        _ = blasOnOneThread
        var vectors = matrix
        var values = [Double](repeating: 0, count: width)
        var scratch = [Double](repeating: 0, count: 64 * width)
        var info: blasint = 0
        // Safe: the matrix has width², the values width and the scratch 64·width numbers, as the
        // sizes say.
        unsafe dsyev_(
            "V", "U", [blasint(width)], &vectors, [blasint(width)], &values, &scratch,
            [blasint(64 * width)], &info, 1, 1)
        precondition(info == 0, "dsyev found no eigenvalues of a finite matrix: \(info)")
        (self.values, self.vectors, self.width) = (values, vectors, width)
    }

    /// The matrix with eigenvalues of at least a bound: the nearest one that is so.
    ///
    /// - Parameter least: The bound.
    /// - Returns: `[width]²`.
    package func clipped(at least: Double) -> [Double] {
        var result = [Double](repeating: 0, count: width * width)
        for (place, value) in values.enumerated() {
            let vector = vectors[place * width..<(place + 1) * width]
            for row in 0..<width {
                let factor = max(least, value) * vector[vector.startIndex + row]
                for column in 0..<width {
                    result[row * width + column] += factor * vector[vector.startIndex + column]
                }
            }
        }
        return result
    }
}
