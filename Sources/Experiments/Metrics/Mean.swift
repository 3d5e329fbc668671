extension [Double] {
    /// The mean of the numbers; `nil` when there are none.
    var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
