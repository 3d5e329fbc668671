/// The first place where two texts differ.
struct TextDifference {
    /// The place as a unified excerpt: the differing lines with two lines around them.
    let excerpt: String

    /// Finds the first line that differs; `nil` when the texts are equal.
    init?(from expected: String, to found: String) {
        guard expected != found else { return nil }
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = found.split(separator: "\n", omittingEmptySubsequences: false)
        let common = zip(old, new).prefix { $0 == $1 }.count
        // Where the texts agree again, so that an inserted line is shown alone.
        let rest = zip(old.reversed(), new.reversed())
            .prefix(min(old.count, new.count) - common).prefix { $0 == $1 }.count
        func shown(_ lines: ArraySlice<Substring>, _ sign: String) -> [String] {
            lines.prefix(4).map { sign + $0.prefix(300) }
        }
        let context = 2
        let lines =
            ["@@ line \(common + 1) @@"]
            + shown(new[max(0, common - context)..<common], " ")
            + shown(old[common..<(old.count - rest)], "-")
            + shown(new[common..<(new.count - rest)], "+")
            + shown(new[(new.count - rest)...].prefix(context), " ")
        excerpt = lines.joined(separator: "\n")
    }
}
