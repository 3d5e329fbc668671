/// The lower factor of a symmetric matrix whose values are nowhere negative, to solve equations.
struct CholeskyFactor {
    private let values: [Double]
    private let width: Int
    /// Columns without variance: their equations say nothing, and their solution is 0.
    private let isEmpty: [Bool]

    /// Factors a matrix; one that is singular gets the least ridge that helps.
    ///
    /// - Parameters:
    ///   - matrix: Row after row, with a diagonal that is nowhere negative.
    ///   - width: Its rows.
    init(_ matrix: [Double], width: Int) {
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
    func solve(_ right: [Double]) -> [Double] {
        var result = right
        for row in 0..<width {
            for column in 0..<row { result[row] -= values[row * width + column] * result[column] }
            result[row] = isEmpty[row] ? 0 : result[row] / values[row * width + row]
        }
        for row in (0..<width).reversed() {
            for column in row + 1..<width {
                result[row] -= values[column * width + row] * result[column]
            }
            result[row] = isEmpty[row] ? 0 : result[row] / values[row * width + row]
        }
        return result
    }

    /// The factor with a fraction of each diagonal element added to it; `nil` when it is singular.
    private static func factor(
        _ matrix: [Double], width: Int, ridge: Double, isEmpty: [Bool]
    ) -> [Double]? {
        var factor = [Double](repeating: 0, count: width * width)
        for row in 0..<width where !isEmpty[row] {
            let diagonal = matrix[row * width + row]
            for column in 0...row where !isEmpty[column] {
                var sum = row == column ? diagonal * (1 + ridge) : matrix[row * width + column]
                for inner in 0..<column {
                    sum -= factor[row * width + inner] * factor[column * width + inner]
                }
                if row == column {
                    guard sum > 1e-12 * diagonal else { return nil }
                    factor[row * width + row] = sum.squareRoot()
                } else {
                    factor[row * width + column] = sum / factor[column * width + column]
                }
            }
        }
        return factor
    }
}
