extension [Double] {
    /// The mean of the numbers; `nil` when there are none.
    package var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }

    /// The standard deviation of which the numbers are a sample; `nil` with fewer than two.
    package var standardDeviation: Double? {
        guard count > 1, let mean else { return nil }
        let square = reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (square / Double(count - 1)).squareRoot()
    }
}
