/// Names in a sentence: the first ones, and how many there are when there are more.
package struct NameList: CustomStringConvertible {
    /// What a sentence has room for.
    package static let usualLimit = 16

    private let names: [String]
    private let limit: Int

    /// Lists names.
    ///
    /// - Parameters:
    ///   - names: The names, printable.
    ///   - limit: How many are written at most.
    package init(_ names: [String], limit: Int = usualLimit) {
        self.names = names
        self.limit = limit
    }

    /// `relax, open, close`, `a, b, … (40 in all)` or `none`.
    package var description: String {
        guard !names.isEmpty else { return "none" }
        return names.prefix(limit).joined(separator: ", ")
            + (names.count > limit ? ", … (\(names.count) in all)" : "")
    }
}
