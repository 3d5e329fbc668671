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
        let stems = names.enumerated().map { $1.isEmpty ? "channel \($0 + 1)" : $1 }
        let unique = numbered(stems, given: names)
        let renamed = zip(names, unique).enumerated().compactMap { index, pair in
            pair.0 == pair.1 ? nil : "channel \(index + 1) to \"\(pair.1)\""
        }
        guard let first = renamed.first else { return (unique, []) }
        let warning = IngestWarning(
            .headerFault, at: location, count: renamed.count,
            message: "names that are blank or stand twice were changed: \(first)"
                + (renamed.count > 1 ? " and \(renamed.count - 1) more" : ""))
        return (unique, [warning])
    }

    /// Puts numbers behind names that stand again: `EMG`, `EMG (2)`, ….
    ///
    /// - Parameters:
    ///   - names: The names, none of them empty.
    ///   - given: What the source has, where that may differ: a number is not one of these.
    /// - Returns: As many names, all different.
    static func numbered(_ names: [String], given: [String]? = nil) -> [String] {
        let given = Set(given ?? names)
        var taken: Set<String> = []
        var copies: [String: Int] = [:]
        return names.map { stem in
            var name = stem
            var copy = copies[stem] ?? 1
            while taken.contains(name) || (copy > 1 && given.contains(name)) {
                copy += 1
                name = "\(stem) (\(copy))"
            }
            copies[stem] = copy
            taken.insert(name)
            return name
        }
    }
}
