/// A mean over episodes that are independent of each other, with its 95 % interval as in the papers:
/// ± 1.96 s/√n.
package struct MeanInterval: Sendable, Hashable {
    /// The mean; 0 of nothing.
    package let mean: Double
    /// Half of the interval; `nil` of fewer than two.
    package let halfWidth: Double?

    /// Takes the mean of numbers.
    package init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / max(1, count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        halfWidth = count > 1 ? 1.96 * (squares / (count - 1) / count).squareRoot() : nil
    }
}
