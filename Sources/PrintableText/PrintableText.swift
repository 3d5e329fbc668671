extension String {
    /// The text with control characters written as `\u{1B}`, cut to `limit` scalars.
    ///
    /// Names and cells come from files that anyone may have made; a terminal must never see a
    /// raw escape sequence from one.
    ///
    /// - Parameter limit: How many Unicode scalars to keep before an ellipsis.
    /// - Returns: Printable text of bounded length.
    package func printable(limit: Int = 80) -> String {
        var result = ""
        for (count, scalar) in unicodeScalars.enumerated() {
            guard count < limit else { return result + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
                .paragraphSeparator:
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
