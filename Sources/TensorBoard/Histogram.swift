/// How the numbers of a tensor are spread, as TensorBoard draws them.
package struct Histogram: Sendable, Hashable {
    /// The lowest number.
    package let minimum: Double
    /// The highest number.
    package let maximum: Double
    /// How many numbers there are.
    package let count: Int
    /// Their sum.
    package let sum: Double
    /// The sum of their squares.
    package let sumOfSquares: Double
    /// Where each bucket ends; the first begins at ``minimum``.
    package let limits: [Double]
    /// How many numbers each bucket has.
    package let counts: [Double]

    /// Counts numbers in buckets of one width between the lowest and the highest.
    ///
    /// - Parameters:
    ///   - values: The numbers; those that are not finite are left out.
    ///   - bucketCount: How many buckets there are, at least 1.
    package init(_ values: some Sequence<Float>, bucketCount: Int = 30) {
        precondition(bucketCount >= 1, "a histogram has a bucket")
        let finite = values.lazy.filter(\.isFinite).map(Double.init)
        var (low, high) = (Double.infinity, -Double.infinity)
        var (count, sum, squares) = (0, 0.0, 0.0)
        for value in finite {
            low = min(low, value)
            high = max(high, value)
            count += 1
            sum += value
            squares += value * value
        }
        self.count = count
        self.sum = sum
        sumOfSquares = squares
        minimum = count > 0 ? low : 0
        maximum = count > 0 ? high : 0
        guard low < high else {
            limits = [maximum]
            counts = [Double(count)]
            return
        }
        let width = (high - low) / Double(bucketCount)
        var counts = [Double](repeating: 0, count: bucketCount)
        for value in finite {
            counts[min(bucketCount - 1, Int((value - low) / width))] += 1
        }
        self.counts = counts
        limits = (1...bucketCount).map { $0 == bucketCount ? high : low + width * Double($0) }
    }
}
