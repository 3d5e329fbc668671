private import CBLAS
private import Foundation

/// The Cholesky factor of a symmetric matrix whose values are nowhere negative, to solve
/// equations: LAPACK's `dpotrf` and `dpotrs`.
package struct CholeskyFactor {
    private let values: [Double]
    private let width: Int
    /// Columns without variance: their equations say nothing, and their solution is 0.
    private let isEmpty: [Bool]

    /// Factors a matrix; one that is singular gets the least ridge that helps.
    ///
    /// - Parameters:
    ///   - matrix: Finite numbers, row after row, with a diagonal that is nowhere negative.
    ///   - width: Its rows.
    package init(_ matrix: [Double], width: Int) {
        precondition(matrix.count == width * width, "expected \(width) rows of \(width) numbers")
        self.width = width
        isEmpty = (0..<width).map { matrix[$0 * width + $0] <= 0 }
        var ridge = 0.0
        while true {
            if let factor = Self.factor(matrix, width: width, ridge: ridge, isEmpty: isEmpty) {
                values = factor
                return
            }
            ridge = ridge == 0 ? 1e-10 : ridge * 100
        }
    }

    /// The solution of the equations with a right side.
    ///
    /// - Parameter right: As many numbers as the matrix has rows.
    /// - Returns: As many.
    package func solve(_ right: [Double]) -> [Double] {
        precondition(right.count == width, "expected \(width) numbers, got \(right.count)")
        guard width > 0 else { return [] }
        _ = blasOnOneThread
        var result = zip(right, isEmpty).map { $1 ? 0 : $0 }
        var info: blasint = 0
        // Safe: the matrix has width², the right side width numbers, as the sizes say.
        unsafe dpotrs_(
            "U", [blasint(width)], [1], values, [blasint(width)], &result, [blasint(width)],
            &info, 1)
        precondition(info == 0, "dpotrs was given a wrong argument \(-info)")
        return result
    }

    /// Solves for several right sides.
    ///
    /// - Parameter rows: `[right sides × width]`, one after the other.
    /// - Returns: As many solutions, one after the other.
    package func solutions(ofRows rows: [Double]) -> [Double] {
        precondition(width > 0 && rows.count.isMultiple(of: width), "rows of \(width) numbers")
        _ = blasOnOneThread
        var result = rows
        for place in result.indices where isEmpty[place % width] { result[place] = 0 }
        var info: blasint = 0
        // Safe: the matrix has width², the right sides whole rows of width numbers.
        unsafe dpotrs_(
            "U", [blasint(width)], [blasint(rows.count / width)], values, [blasint(width)],
            &result, [blasint(width)], &info, 1)
        precondition(info == 0, "dpotrs was given a wrong argument \(-info)")
        return result
    }

    /// The squared length of `L⁻¹·difference`, where the matrix is `L·Lᵀ`: its distance from 0 by
    /// the matrix as a covariance.
    package func squaredDistance(_ difference: [Double]) -> Double {
        var solution = difference
        var span = solution.mutableSpan
        return squaredDistance(solving: &span)
    }

    /// The same, without asking for memory.
    ///
    /// - Parameter solution: The difference; becomes `L⁻¹·difference`.
    /// - Returns: Its squared length.
    package func squaredDistance(solving solution: inout MutableSpan<Double>) -> Double {
        precondition(solution.count == width, "expected \(width) numbers")
        // Safe: both have the counts that the indices stay below, as the sizes say.
        return unsafe values.withUnsafeBufferPointer { factor in
            unsafe solution.withUnsafeMutableBufferPointer { solution in
                var sum = 0.0
                for row in 0..<width {
                    let first = row * width
                    var value = isEmpty[row] ? 0 : unsafe solution[row]
                    for column in 0..<row {
                        unsafe value -= factor[first + column] * solution[column]
                    }
                    unsafe value /= factor[first + row]
                    unsafe solution[row] = value
                    sum += value * value
                }
                return sum
            }
        }
    }

    /// `L·vector`, where the matrix is `L·Lᵀ`: normal numbers become numbers with that covariance.
    package func scattered(_ vector: [Double]) -> [Double] {
        precondition(vector.count == width, "expected \(width) numbers")
        return (0..<width).map { row in
            isEmpty[row]
                ? 0 : (0...row).reduce(0) { $0 + values[row * width + $1] * vector[$1] }
        }
    }

    /// The logarithm of the matrix's determinant, columns without variance left out.
    package var logDeterminant: Double {
        (0..<width).reduce(0) { isEmpty[$1] ? $0 : $0 + 2 * log(values[$1 * width + $1]) }
    }

    /// The lower triangle whose product with its own transpose is the matrix, row after row.
    package var lowerTriangle: [Double] {
        (0..<width * width).map { place in
            let (row, column) = place.quotientAndRemainder(dividingBy: width)
            return column > row || isEmpty[row] ? 0 : values[place]
        }
    }

    /// Whether a symmetric matrix is positive definite, without any ridge.
    ///
    /// - Parameters:
    ///   - matrix: Finite numbers, row after row.
    ///   - width: Its rows.
    /// - Returns: `false` also for one that is singular but for rounding.
    package static func isPositiveDefinite(_ matrix: [Double], width: Int) -> Bool {
        precondition(matrix.count == width * width, "expected \(width) rows of \(width) numbers")
        return (0..<width).allSatisfy { matrix[$0 * (width + 1)] > 0 }
            && factor(
                matrix, width: width, ridge: 0, isEmpty: [Bool](repeating: false, count: width))
                != nil
    }

    /// The factor with a share of each diagonal element added to it; `nil` when it is singular.
    private static func factor(
        _ matrix: [Double], width: Int, ridge: Double, isEmpty: [Bool]
    ) -> [Double]? {
        guard width > 0 else { return [] }
        _ = blasOnOneThread
        var factor = matrix
        for row in 0..<width {
            factor[row * width + row] *= 1 + ridge
            // Of an empty column the equation "x = 0" is left.
            guard isEmpty[row] else { continue }
            for column in 0..<width {
                factor[row * width + column] = 0
                factor[column * width + row] = 0
            }
            factor[row * width + row] = 1
        }
        var info: blasint = 0
        // What is a lower triangle row after row is an upper one column after column.
        // Safe: the matrix has width² numbers, as the sizes say.
        unsafe dpotrf_("U", [blasint(width)], &factor, [blasint(width)], &info, 1)
        precondition(info >= 0, "dpotrf was given a wrong argument \(-info)")
        // Not only what cannot be factored is singular, but also what rounding alone lets pass.
        let isRegular = (0..<width).allSatisfy { row in
            let pivot = factor[row * width + row]
            return isEmpty[row] || pivot * pivot > 1e-12 * matrix[row * width + row]
        }
        return info == 0 && isRegular ? factor : nil
    }
}
