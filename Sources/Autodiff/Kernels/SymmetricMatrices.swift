private import CBLAS
private import Foundation

/// Stacks of symmetric positive definite matrices: LAPACK's `dpotrf` and `dpotri`, in double
/// precision whatever the scalar, as inverses lose digits.
enum SymmetricMatrices {
    /// The inverse of each matrix; not a number where a matrix is not positive definite.
    ///
    /// - Parameters:
    ///   - matrices: `[count, width, width]`; of each, one triangle is read.
    ///   - width: Rows of a matrix.
    ///   - result: Of the same count.
    static func inverses<Scalar: TensorScalar>(
        of matrices: Span<Scalar>, width: Int, into result: inout MutableSpan<Scalar>
    ) {
        precondition(result.count == matrices.count, "a stack and its inverses differ in length")
        for start in starts(matrices.count, width) {
            guard var values = factor(of: matrices, at: start, width: width) else {
                for index in start..<start + width * width { result[index] = .nan }
                continue
            }
            var info: blasint = 0
            // Safe: the matrix has width² numbers, as `factor` says.
            unsafe dpotri_("U", [blasint(width)], &values, [blasint(width)], &info, 1)
            precondition(info >= 0, "dpotri was given a wrong argument \(-info)")
            for row in 0..<width {
                for column in row..<width {
                    // The upper triangle column after column is the lower one row after row.
                    let value = Scalar(values[column * width + row])
                    result[start + row * width + column] = value
                    result[start + column * width + row] = value
                }
            }
        }
    }

    /// The logarithm of each matrix's determinant; not a number where one is not positive definite.
    static func logDeterminants<Scalar: TensorScalar>(
        of matrices: Span<Scalar>, width: Int, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        for (place, start) in starts(matrices.count, width).enumerated() {
            let factor = factor(of: matrices, at: start, width: width)
            let value = factor.map { factor in
                (0..<width).reduce(0) { $0 + 2 * log(factor[$1 * width + $1]) }
            }
            let found = Scalar(value ?? .nan)
            result[place] = accumulating ? result[place] + found : found
        }
    }

    /// How the inverses change with their matrices: `−Y Ȧ Y` for each inverse `Y`.
    static func inverseChanges<Scalar: TensorScalar>(
        _ inverses: Span<Scalar>, along changes: Span<Scalar>, width: Int,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        let layout = MatrixLayout(
            rows: width, columns: width, inner: width, left: .plain, right: .plain)
        var (half, whole) = (
            [Scalar](repeating: 0, count: width * width),
            [Scalar](repeating: 0, count: width * width)
        )
        for start in starts(inverses.count, width) {
            let inverse = inverses.extracting(start..<start + width * width)
            let change = changes.extracting(start..<start + width * width)
            var first = half.mutableSpan
            Scalar.multiply(layout, inverse, change, into: &first, accumulating: false)
            var second = whole.mutableSpan
            Scalar.multiply(layout, half.span, inverse, into: &second, accumulating: false)
            for index in 0..<width * width {
                let value = -whole[index]
                result[start + index] = accumulating ? result[start + index] + value : value
            }
        }
    }

    private static func starts(_ count: Int, _ width: Int) -> StrideTo<Int> {
        precondition(
            width >= 1 && count.isMultiple(of: width * width), "no stack of \(width) × \(width)")
        return stride(from: 0, to: count, by: width * width)
    }

    /// The factor of a matrix as LAPACK has it, an upper triangle column after column; `nil` when
    /// the matrix is not positive definite.
    private static func factor<Scalar: TensorScalar>(
        of matrices: Span<Scalar>, at start: Int, width: Int
    ) -> [Double]? {
        _ = blasOnOneThread
        var values = (0..<width * width).map { Double(matrices[start + $0]) }
        guard values.allSatisfy(\.isFinite) else { return nil }
        var info: blasint = 0
        // Safe: the matrix has width² numbers.
        unsafe dpotrf_("U", [blasint(width)], &values, [blasint(width)], &info, 1)
        precondition(info >= 0, "dpotrf was given a wrong argument \(-info)")
        return info == 0 ? values : nil
    }
}
