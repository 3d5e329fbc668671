extension [Double] {
    /// A percentile of numbers in ascending order: straight between the two nearest ones, as NumPy
    /// has it (Hyndman and Fan's seventh).
    ///
    /// - Parameter percentile: From 0 to 100.
    /// - Returns: The percentile; `nil` without numbers.
    package func percentile(_ percentile: Double) -> Double? {
        guard let last else { return nil }
        let place = percentile / 100 * Double(count - 1)
        let lower = Int(place)
        guard lower + 1 < count else { return last }
        return self[lower] + (place - Double(lower)) * (self[lower + 1] - self[lower])
    }
}
