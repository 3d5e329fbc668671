private import Foundation

/// Fisher's linear discriminant: one normal distribution a class, all with the same covariance.
///
/// The covariance is that of the rows round their classes' means, shrunk towards a multiple of
/// the identity as far as Ledoit and Wolf say ("A well-conditioned estimator for
/// large-dimensional covariance matrices", J. Multivariate Anal. 88, 2004), after each column was
/// scaled to unit deviation; so few rows of many columns can be fitted. Classes count as often as
/// they occur.
public struct LinearDiscriminant: Sendable, Hashable {
    /// How far the covariance was shrunk, from 0 to 1.
    public let shrinkage: Double

    private let width: Int
    /// One row of weights and one offset for each class that occurs.
    private let weights: [[Double]]
    private let offsets: [Double]
    private let classes: [UInt8]

    /// Fits the discriminant.
    ///
    /// - Parameters:
    ///   - rows: Finite numbers, `[rows × columns]`, row after row.
    ///   - labels: The class of each row, at least one row.
    public init(rows: [Double], labels: [UInt8]) {
        precondition(
            !labels.isEmpty && !rows.isEmpty && rows.count.isMultiple(of: labels.count),
            "expected \(labels.count) rows of one width, got \(rows.count) numbers")
        let (count, width) = (labels.count, rows.count / labels.count)
        self.width = width
        classes = Set(labels).sorted()
        var means: [[Double]] = []
        var priors: [Double] = []
        var centered = rows
        for label in classes {
            let members = labels.indices.filter { labels[$0] == label }
            var mean = [Double](repeating: 0, count: width)
            for row in members {
                for column in 0..<width { mean[column] += rows[row * width + column] }
            }
            for column in 0..<width { mean[column] /= Double(members.count) }
            for row in members {
                for column in 0..<width { centered[row * width + column] -= mean[column] }
            }
            means.append(mean)
            priors.append(Double(members.count) / Double(count))
        }
        let scales = Self.deviations(centered, count: count, width: width)
        for row in 0..<count {
            for column in 0..<width { centered[row * width + column] /= scales[column] }
        }
        var covariance = Self.covariance(centered, count: count, width: width)
        shrinkage = Self.shrinkage(centered, covariance, count: count, width: width)
        let level = (0..<width).reduce(0) { $0 + covariance[$1 * width + $1] } / Double(width)
        for index in covariance.indices { covariance[index] *= 1 - shrinkage }
        for column in 0..<width { covariance[column * width + column] += shrinkage * level }
        let factor = Self.factor(covariance, width: width)
        var weights: [[Double]] = []
        var offsets: [Double] = []
        for (mean, prior) in zip(means, priors) {
            let scaled = zip(mean, scales).map { $0 / $1 }
            let solution = Self.solve(factor, scaled, width: width)
            weights.append(zip(solution, scales).map { $0 / $1 })
            let square = zip(solution, scaled).reduce(0) { $0 + $1.0 * $1.1 }
            offsets.append(log(prior) - square / 2)
        }
        self.weights = weights
        self.offsets = offsets
    }

    /// The class of each row.
    ///
    /// - Parameter rows: `[rows × columns]`, as wide as those that it was fitted to.
    /// - Returns: One class a row; of equally likely ones the lowest.
    public func predictions(_ rows: [Double]) -> [UInt8] {
        precondition(rows.count.isMultiple(of: width), "rows have \(width) numbers")
        return (0..<rows.count / width).map { row in
            var best = (score: -Double.infinity, label: classes[0])
            for (place, label) in classes.enumerated() {
                var score = offsets[place]
                for column in 0..<width {
                    score += weights[place][column] * rows[row * width + column]
                }
                if score > best.score { best = (score, label) }
            }
            return best.label
        }
    }

    /// The deviation of each column; 1 for one that does not vary.
    private static func deviations(_ rows: [Double], count: Int, width: Int) -> [Double] {
        (0..<width).map { column in
            var sum = 0.0
            for row in 0..<count {
                sum += rows[row * width + column] * rows[row * width + column]
            }
            let deviation = (sum / Double(count)).squareRoot()
            return deviation > 0 ? deviation : 1
        }
    }

    private static func covariance(_ rows: [Double], count: Int, width: Int) -> [Double] {
        var result = [Double](repeating: 0, count: width * width)
        for row in 0..<count {
            let values = rows[row * width..<(row + 1) * width]
            for (place, value) in values.enumerated() where value != 0 {
                for other in place..<width {
                    result[place * width + other] += value * values[values.startIndex + other]
                }
            }
        }
        for place in 0..<width {
            for other in place..<width {
                let value = result[place * width + other] / Double(count)
                result[place * width + other] = value
                result[other * width + place] = value
            }
        }
        return result
    }

    /// The shrinkage of Ledoit and Wolf for rows whose mean is 0.
    private static func shrinkage(
        _ rows: [Double], _ covariance: [Double], count: Int, width: Int
    ) -> Double {
        let trace = (0..<width).reduce(0) { $0 + covariance[$1 * width + $1] }
        let mean = trace / Double(width)
        var fourth = 0.0
        for row in 0..<count {
            let square = rows[row * width..<(row + 1) * width].reduce(0) { $0 + $1 * $1 }
            fourth += square * square
        }
        let square = covariance.reduce(0) { $0 + $1 * $1 }
        let spread = (fourth / Double(count) - square) / (Double(width) * Double(count))
        let distance = (square - 2 * mean * trace + Double(width) * mean * mean) / Double(width)
        let bounded = min(spread, distance)
        return bounded > 0 && distance > 0 ? min(1, bounded / distance) : 0
    }

    /// Cholesky's factor, lower; a matrix that is singular gets the least ridge that helps.
    private static func factor(_ matrix: [Double], width: Int) -> [Double] {
        var ridge = 0.0
        while true {
            if let factor = cholesky(matrix, width: width, ridge: ridge) { return factor }
            ridge = ridge == 0 ? 1e-10 : ridge * 100
        }
    }

    private static func cholesky(_ matrix: [Double], width: Int, ridge: Double) -> [Double]? {
        var factor = [Double](repeating: 0, count: width * width)
        for row in 0..<width {
            for column in 0...row {
                var sum = matrix[row * width + column] + (row == column ? ridge : 0)
                for inner in 0..<column {
                    sum -= factor[row * width + inner] * factor[column * width + inner]
                }
                if row == column {
                    guard sum > 1e-12 else { return nil }
                    factor[row * width + row] = sum.squareRoot()
                } else {
                    factor[row * width + column] = sum / factor[column * width + column]
                }
            }
        }
        return factor
    }

    private static func solve(_ factor: [Double], _ right: [Double], width: Int) -> [Double] {
        var result = right
        for row in 0..<width {
            for column in 0..<row { result[row] -= factor[row * width + column] * result[column] }
            result[row] /= factor[row * width + row]
        }
        for row in (0..<width).reversed() {
            for column in row + 1..<width {
                result[row] -= factor[column * width + row] * result[column]
            }
            result[row] /= factor[row * width + row]
        }
        return result
    }
}
