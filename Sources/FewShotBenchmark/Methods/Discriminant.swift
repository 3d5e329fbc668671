private import Autodiff
private import MetaLearning

/// A linear discriminant whose covariance is shrunk towards the identity: on features that scatter
/// by about 1, so that even a single window of each class gives one.
struct Discriminant: Sendable {
    /// One row of weights and an offset for each class; `nil` for a class without windows.
    private let parts: [(weights: [Double], offset: Double)?]
    private let width: Int

    /// Fits a discriminant.
    ///
    /// - Parameters:
    ///   - rows: Features, `[windows × columns]`, at least one window.
    ///   - labels: The class of each window.
    ///   - classCount: How many classes there are.
    ///   - shrinkage: How far the covariance is the identity, above 0 and at most 1.
    ///   - weights: How much each window counts; 1 each when `nil`.
    init(
        _ rows: [Double], labels: [Int], classCount: Int, shrinkage: Double,
        weights: [Double]? = nil
    ) {
        let width = rows.count / labels.count
        self.width = width
        var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: classCount)
        var totals = [Double](repeating: 0, count: classCount)
        for (row, label) in labels.enumerated() {
            let weight = weights?[row] ?? 1
            totals[label] += weight
            for column in 0..<width { sums[label][column] += weight * rows[row * width + column] }
        }
        let means = zip(sums, totals).map { sum, total in
            total > 0 ? sum.map { $0 / total } : nil
        }
        var covariance = [Double](repeating: 0, count: width * width)
        var (total, degrees) = (0.0, 0)
        for (row, label) in labels.enumerated() {
            guard let mean = means[label] else { continue }
            let weight = weights?[row] ?? 1
            covariance.addOuterProduct(
                of: (0..<width).map { rows[row * width + $0] - mean[$0] }, weight: weight)
            total += weight
            degrees += 1
        }
        let classes = means.count { $0 != nil }
        // A class of one window says nothing about how windows scatter.
        let isKnown = degrees > classes
        let divisor = total * Double(max(1, degrees - classes)) / Double(max(1, degrees))
        for place in covariance.indices {
            covariance[place] *= isKnown ? (1 - shrinkage) / divisor : 0
        }
        for column in 0..<width {
            covariance[column * width + column] += isKnown ? shrinkage : 1
        }
        let factor = CholeskyFactor(covariance, width: width)
        parts = means.map { mean in
            mean.map { mean in
                let weights = factor.solve(mean)
                return (weights, -zip(weights, mean).reduce(0) { $0 + $1.0 * $1.1 } / 2)
            }
        }
    }

    /// The logarithm of each class's density, without what all classes share.
    ///
    /// - Parameter rows: Features, `[windows × columns]`.
    /// - Returns: `[windows][classes]`; −∞ for a class without windows.
    func scores(_ rows: [Double]) -> [[Double]] {
        stride(from: 0, to: rows.count, by: width).map { first in
            parts.map { part in
                guard let part else { return -Double.infinity }
                var score = part.offset
                for column in 0..<width { score += part.weights[column] * rows[first + column] }
                return score
            }
        }
    }
}
