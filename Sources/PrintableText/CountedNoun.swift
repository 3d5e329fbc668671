extension DefaultStringInterpolation {
    /// A count with its noun, and with what else of the sentence follows the number: "1 task",
    /// "2 tasks"; "1 signal has", "3 signals have".
    ///
    /// ```swift
    /// "\(count, of: "task")"
    /// "\(count, of: "signal has", plural: "signals have") no gain"
    /// ```
    ///
    /// - Parameters:
    ///   - count: How many there are.
    ///   - noun: The words for one.
    ///   - plural: The words for any other number; without it the noun with an "s".
    package mutating func appendInterpolation(
        _ count: some BinaryInteger, of noun: String, plural: String? = nil
    ) {
        appendInterpolation(count)
        appendLiteral(" ")
        appendLiteral(count == 1 ? noun : plural ?? noun + "s")
    }
}
