/// Patterns of `*` (any text), `?` (one character) and plain characters.
package enum NamePattern {
    /// Whether a pattern fits a whole text, in time proportional to the product of their lengths:
    /// on a mismatch only the latest `*` is widened.
    package static func matches(_ text: String, pattern: String) -> Bool {
        let text = Array(text)
        let pattern = Array(pattern)
        var place = 0
        var token = 0
        var retry: (token: Int, place: Int)?
        while place < text.count {
            if token < pattern.count, pattern[token] == "*" {
                retry = (token, place)
                token += 1
            } else if token < pattern.count, pattern[token] == "?" || pattern[token] == text[place]
            {
                token += 1
                place += 1
            } else if let star = retry {
                retry = (star.token, star.place + 1)
                token = star.token + 1
                place = star.place + 1
            } else {
                return false
            }
        }
        return pattern[token...].allSatisfy { $0 == "*" }
    }
}
