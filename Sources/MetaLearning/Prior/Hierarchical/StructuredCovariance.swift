/// The covariance of rows with mean 0, of which there are far fewer than numbers in a row: a mixture
/// of three estimates.
///
/// A row has the features of all classes. The first estimate is a product: what classes have in
/// common times what features have in common, with a deviation of each number's own. The second is
/// averaged over the turns of a band, as no place round the arm is another kind of place. The third
/// is the covariance itself.
struct StructuredCovariance: Sendable {
    /// How much each estimate counts; the sum is 1.
    struct Weights: Sendable, Hashable {
        /// That of classes times features.
        var product = 0.4
        /// That averaged over turns.
        var turned = 0.4
        /// The covariance itself.
        var empirical = 0.2
    }

    /// `[numbers of a row]²`.
    let values: [Double]

    /// Estimates a covariance.
    ///
    /// - Parameters:
    ///   - rows: At least one row, round 0.
    ///   - classCount: How many classes a row has.
    ///   - divisor: What sums of products are divided by, above 0.
    ///   - turns: The turns of features.
    ///   - ridge: What is added to each variance.
    ///   - weights: How much each estimate counts.
    init(
        _ rows: [[Double]], classCount: Int, divisor: Double, turns: FeatureTurns, ridge: Double,
        weights: Weights = Weights()
    ) {
        let size = rows[0].count
        let width = size / classCount
        var empirical = [Double](repeating: 0, count: size * size)
        for row in rows { empirical.addOuterProduct(of: row) }
        for place in empirical.indices { empirical[place] /= divisor }
        var result = Self.product(rows, classCount: classCount, divisor: divisor)
        for place in result.indices {
            result[place] = weights.product * result[place] + weights.empirical * empirical[place]
        }
        let share = weights.turned / Double(turns.count)
        for turn in 0..<turns.count {
            let source = turns.sources(of: turn, width: width)
            let places = (0..<size).map { $0 / width * width + source[$0 % width] }
            for (one, from) in places.enumerated() {
                for (other, and) in places.enumerated() {
                    result[one * size + other] += share * empirical[from * size + and]
                }
            }
        }
        for place in 0..<size { result[place * size + place] += ridge }
        values = result
    }

    /// Correlations between classes times correlations between features, with each number's own
    /// deviation.
    private static func product(
        _ rows: [[Double]], classCount: Int, divisor: Double
    ) -> [Double] {
        let size = rows[0].count
        let width = size / classCount
        let deviations = (0..<size).map { place in
            (rows.reduce(0) { $0 + $1[place] * $1[place] } / divisor).squareRoot() + 1e-9
        }
        var classes = [Double](repeating: 0, count: classCount * classCount)
        var features = [Double](repeating: 0, count: width * width)
        for row in rows {
            let scaled = zip(row, deviations).map { $0 / $1 }
            for one in 0..<classCount {
                for other in 0..<classCount {
                    for place in 0..<width {
                        classes[one * classCount + other] +=
                            scaled[one * width + place] * scaled[other * width + place]
                    }
                }
                for place in 0..<width {
                    let factor = scaled[one * width + place]
                    for other in 0..<width {
                        features[place * width + other] += factor * scaled[one * width + other]
                    }
                }
            }
        }
        let between = correlations(classes, width: classCount)
        let within = correlations(features, width: width)
        var result = [Double](repeating: 0, count: size * size)
        for one in 0..<size {
            for other in 0..<size {
                result[one * size + other] =
                    deviations[one] * deviations[other]
                    * between[one / width * classCount + other / width]
                    * within[one % width * width + other % width]
            }
        }
        return result
    }

    /// A matrix scaled so that its diagonal is 1.
    private static func correlations(_ matrix: [Double], width: Int) -> [Double] {
        let scales = (0..<width).map { place in
            let value = matrix[place * width + place]
            return value > 0 ? 1 / value.squareRoot() : 0
        }
        return matrix.indices.map { matrix[$0] * scales[$0 / width] * scales[$0 % width] }
    }
}
