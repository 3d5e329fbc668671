/// Finds the name that somebody probably meant.
package enum Spelling {
    /// “did you mean …?”, or the list of names when none is near.
    package static func suggestion(for word: String, among names: [String]) -> String {
        let ranked =
            names
            .map { (name: $0, distance: distance(word.lowercased(), $0.lowercased())) }
            .sorted { $0.distance < $1.distance }
        if let best = ranked.first, best.distance <= max(2, word.count / 3) {
            return "did you mean \"\(best.name)\"?"
        }
        return names.isEmpty ? "" : "known here: \(names.joined(separator: ", "))"
    }

    /// The number of single-character insertions, deletions and replacements between two words
    /// (Levenshtein 1966).
    package static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.unicodeScalars.prefix(100))
        var previous = Array(0...right.count)
        for (row, scalar) in left.unicodeScalars.prefix(100).enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                current.append(
                    min(
                        previous[column + 1] + 1, current[column] + 1,
                        previous[column] + (scalar == other ? 0 : 1)))
            }
            previous = current
        }
        return previous[right.count]
    }
}
