private import Autodiff
private import Foundation

/// Fisher's linear discriminant: one normal distribution a class, all with the same covariance.
///
/// Columns are standardized first. The covariance is the mean of the classes' own, each weighed by
/// how often the class occurs and shrunk towards a multiple of the identity as far as Ledoit and
/// Wolf say ("A well-conditioned estimator for large-dimensional covariance matrices", J.
/// Multivariate Anal. 88, 2004), after its columns were scaled to unit deviation; so few rows of
/// many columns can be fitted. It is what scikit-learn calls
/// `LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")` behind a `StandardScaler`.
package struct LinearDiscriminant: Sendable, Hashable {
    /// The classes that occur, in ascending order.
    package let classes: [UInt8]
    /// How far each class's covariance was shrunk, from 0 to 1.
    package let shrinkages: [Double]

    private let width: Int
    /// What is taken from each column, and what the difference is divided by.
    private let centers: [Double]
    private let scales: [Double]
    /// One row of weights and one offset for each class.
    private let weights: [[Double]]
    private let offsets: [Double]

    /// Fits the discriminant.
    ///
    /// - Parameters:
    ///   - rows: Finite numbers, `[rows × columns]`, row after row.
    ///   - labels: The class of each row, at least one row.
    package init(rows: [Double], labels: [UInt8]) {
        precondition(
            !labels.isEmpty && !rows.isEmpty && rows.count.isMultiple(of: labels.count),
            "expected \(labels.count) rows of one width, got \(rows.count) numbers")
        let (count, width) = (labels.count, rows.count / labels.count)
        var all = Sample(rows: rows, width: width)
        (centers, scales) = all.standardize()
        self.width = width
        classes = Set(labels).sorted()
        var means: [[Double]] = []
        var priors: [Double] = []
        var shrinkages: [Double] = []
        var covariance = [Double](repeating: 0, count: width * width)
        for label in classes {
            let members = labels.indices.filter { labels[$0] == label }
            var own = Sample(
                rows: members.flatMap { all.rows[$0 * width..<($0 + 1) * width] }, width: width)
            let (mean, deviations) = own.standardize()
            let (shrunk, shrinkage) = own.shrunkCovariance()
            let prior = Double(members.count) / Double(count)
            for row in 0..<width {
                for column in 0..<width {
                    covariance[row * width + column] +=
                        prior * deviations[row] * deviations[column] * shrunk[row * width + column]
                }
            }
            means.append(mean)
            priors.append(prior)
            shrinkages.append(shrinkage)
        }
        // Of single rows nothing is known of the covariance: the nearest is predicted.
        if covariance.allSatisfy({ $0 == 0 }) {
            for column in 0..<width { covariance[column * width + column] = 1 }
        }
        let factor = CholeskyFactor(covariance, width: width)
        weights = means.map { factor.solve($0) }
        offsets = zip(zip(weights, means), priors).map { pair, prior in
            log(prior) - zip(pair.0, pair.1).reduce(0) { $0 + $1.0 * $1.1 } / 2
        }
        self.shrinkages = shrinkages
    }

    /// The discriminant as one affine map of rows as they are: a class's score is the logarithm of
    /// its posterior probability, but for what all classes share.
    ///
    /// - Parameter classCount: How many classes there are, beyond every label.
    /// - Returns: A row of weights for each class, one after the other, and an offset for each; a
    ///   class that does not occur has the lowest offset there is.
    package func affineMap(classCount: Int) -> (weights: [Double], offsets: [Double]) {
        var all = [Double](repeating: 0, count: classCount * width)
        var shifts = [Double](repeating: -.greatestFiniteMagnitude, count: classCount)
        for (place, label) in classes.enumerated() {
            var offset = offsets[place]
            for column in 0..<width {
                let weight = weights[place][column] / scales[column]
                all[Int(label) * width + column] = weight
                offset -= weight * centers[column]
            }
            shifts[Int(label)] = offset
        }
        return (all, shifts)
    }

    /// The class of each row.
    ///
    /// - Parameter rows: `[rows × columns]`, as wide as those that it was fitted to.
    /// - Returns: One class a row; of equally likely ones the lowest.
    package func predictions(_ rows: [Double]) -> [UInt8] {
        precondition(rows.count.isMultiple(of: width), "rows have \(width) numbers")
        return (0..<rows.count / width).map { row in
            let values = (0..<width).map {
                (rows[row * width + $0] - centers[$0]) / scales[$0]
            }
            var best = (score: -Double.infinity, label: classes[0])
            for (place, label) in classes.enumerated() {
                var score = offsets[place]
                for column in 0..<width { score += weights[place][column] * values[column] }
                if score > best.score { best = (score, label) }
            }
            return best.label
        }
    }
}

/// Rows of a sample on their way to its covariance.
private struct Sample {
    var rows: [Double]
    let width: Int
    var count: Int { rows.count / width }

    /// Takes each column's mean away and scales it to unit deviation; one that does not vary keeps
    /// its scale.
    ///
    /// - Returns: The means and the deviations, 1 where a column does not vary.
    mutating func standardize() -> (means: [Double], deviations: [Double]) {
        var (means, deviations): ([Double], [Double]) = ([], [])
        for column in 0..<width {
            var sum = 0.0
            for row in 0..<count { sum += rows[row * width + column] }
            let mean = sum / Double(count)
            var square = 0.0
            for row in 0..<count {
                let difference = rows[row * width + column] - mean
                square += difference * difference
            }
            let variance = square / Double(count)
            // What is left of equal numbers after rounding is no variance.
            let rounding = Double(count) * mean * Double.ulpOfOne
            let isConstant =
                variance <= Double(count) * Double.ulpOfOne * variance + rounding * rounding
            let deviation = isConstant ? 1 : variance.squareRoot()
            for row in 0..<count {
                let place = row * width + column
                rows[place] = isConstant ? 0 : (rows[place] - mean) / deviation
            }
            means.append(mean)
            deviations.append(deviation)
        }
        return (means, deviations)
    }

    /// The covariance of rows whose mean is 0, shrunk by the rule of Ledoit and Wolf.
    func shrunkCovariance() -> (matrix: [Double], shrinkage: Double) {
        var matrix = [Double](repeating: 0, count: width * width)
        var fourth = 0.0
        for row in 0..<count {
            let values = rows[row * width..<(row + 1) * width]
            var square = 0.0
            for (place, value) in values.enumerated() where value != 0 {
                square += value * value
                for other in place..<width {
                    matrix[place * width + other] += value * values[values.startIndex + other]
                }
            }
            fourth += square * square
        }
        for place in 0..<width {
            for other in place..<width {
                let value = matrix[place * width + other] / Double(count)
                matrix[place * width + other] = value
                matrix[other * width + place] = value
            }
        }
        let trace = (0..<width).reduce(0) { $0 + matrix[$1 * width + $1] }
        let level = trace / Double(width)
        let square = matrix.reduce(0) { $0 + $1 * $1 }
        let spread = (fourth / Double(count) - square) / (Double(width) * Double(count))
        let distance = (square - 2 * level * trace + Double(width) * level * level) / Double(width)
        let bounded = min(spread, distance)
        let shrinkage = bounded > 0 && distance > 0 ? min(1, bounded / distance) : 0
        for index in matrix.indices { matrix[index] *= 1 - shrinkage }
        for column in 0..<width { matrix[column * width + column] += shrinkage * level }
        return (matrix, shrinkage)
    }
}
