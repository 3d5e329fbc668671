/// Names of channels that are unique, as recordings need them.
enum UniqueNames {
    /// Numbers copies and gives names to channels that have none.
    ///
    /// - Parameters:
    ///   - names: The names as the source has them.
    ///   - location: Where they stand.
    /// - Returns: As many names, and a warning when some were changed.
    static func of(
        _ names: [String], at location: SourceLocation
    ) -> (names: [String], warnings: [IngestWarning]) {
        let given = Set(names)
        var taken: Set<String> = []
        var copies: [String: Int] = [:]
        var renamed: [String] = []
        let unique = names.enumerated().map { index, original in
            let stem = original.isEmpty ? "channel \(index + 1)" : original
            var name = stem
            var copy = copies[stem] ?? 1
            while taken.contains(name) || (copy > 1 && given.contains(name)) {
                copy += 1
                name = "\(stem) (\(copy))"
            }
            copies[stem] = copy
            taken.insert(name)
            if name != original { renamed.append("channel \(index + 1) to \"\(name)\"") }
            return name
        }
        guard let first = renamed.first else { return (unique, []) }
        let warning = IngestWarning(
            .headerFault, at: location, count: renamed.count,
            message: "names that are blank or stand twice were changed: \(first)"
                + (renamed.count > 1 ? " and \(renamed.count - 1) more" : ""))
        return (unique, [warning])
    }
}
