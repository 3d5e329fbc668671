/// The covariance of rows, with the unbiased divisor.
struct Covariance {
    let width: Int
    /// `[width]²`, row after row.
    private(set) var values: [Double]

    /// The mean of rows of one width, at least one.
    static func mean(of rows: [[Double]]) -> [Double] {
        var sums = rows[0]
        for row in rows.dropFirst() {
            for (place, value) in row.enumerated() { sums[place] += value }
        }
        return sums.map { $0 / Double(rows.count) }
    }

    /// Computes the covariance of rows round their mean.
    ///
    /// - Parameter rows: At least two rows of one width.
    init(of rows: [[Double]]) {
        let mean = Self.mean(of: rows)
        width = mean.count
        values = [Double](repeating: 0, count: width * width)
        for row in rows {
            values.addOuterProduct(of: zip(row, mean).map { $0 - $1 })
        }
        let divisor = Double(max(1, rows.count - 1))
        for index in values.indices { values[index] /= divisor }
    }

    /// The covariance shrunk towards its own diagonal, with a ridge on that.
    ///
    /// - Parameters:
    ///   - shrinkage: From 0, as it is, to 1, the diagonal alone.
    ///   - ridge: What is added to each variance, at least 0.
    /// - Returns: `[width]²`, row after row.
    func shrunk(towardsDiagonal shrinkage: Double, ridge: Double) -> [Double] {
        var result = values
        for row in 0..<width {
            for column in 0..<width where column != row {
                result[row * width + column] *= 1 - shrinkage
            }
            result[row * width + row] += ridge
        }
        return result
    }
}

extension [Double] {
    /// Adds the products of each two numbers of a row to a matrix of that width, row after row.
    ///
    /// - Parameters:
    ///   - row: As many numbers as the matrix is wide.
    ///   - weight: What the products are multiplied by.
    package mutating func addOuterProduct(of row: [Double], weight: Double = 1) {
        precondition(count == row.count * row.count, "a matrix as wide as the row")
        for (place, value) in row.enumerated() where value != 0 {
            let factor = weight * value
            let first = place * row.count
            for other in row.indices { self[first + other] += factor * row[other] }
        }
    }
}
