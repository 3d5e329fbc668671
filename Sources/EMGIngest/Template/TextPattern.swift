/// A pattern for a text: `{name}` keeps what stands there, `*` is any text, `?` one character; a
/// blank fits any number of blanks and tabs, and case does not count.
///
/// A capture ends as early as what follows it allows, or as late in a pattern that is greedy.
package struct TextPattern: Sendable, Hashable {
    private enum Token: Sendable, Hashable {
        case character(Character)
        case one
        case any
        case blanks
        case capture(String)
    }

    /// Texts longer than that fit no pattern.
    private static let longest = 1 << 16

    /// The pattern as it was written.
    package let text: String
    private let tokens: [Token]
    private let isGreedy: Bool

    /// Reads a pattern; `nil` when it is empty, a brace is open, a name is not known or stands twice,
    /// or nothing stands between two captures.
    ///
    /// - Parameters:
    ///   - text: The pattern.
    ///   - captures: The names that captures may have; an empty one stands for `{}`.
    ///   - isGreedy: Whether captures end as late as they may.
    package init?(_ text: String, captures: Set<String>, isGreedy: Bool = false) {
        var tokens: [Token] = []
        var seen: Set<String> = []
        var rest = text[...]
        while let first = rest.popFirst() {
            switch first {
            case "{":
                guard let close = rest.firstIndex(of: "}") else { return nil }
                let name = String(rest[..<close])
                guard captures.contains(name), seen.insert(name).inserted else { return nil }
                if case .capture = tokens.last { return nil }
                tokens.append(.capture(name))
                rest = rest[rest.index(after: close)...]
            case "}": return nil
            case "*": tokens.append(.any)
            case "?": tokens.append(.one)
            case " ", "\t": if tokens.last != .blanks { tokens.append(.blanks) }
            default: tokens.append(.character(Self.folded(first)))
            }
        }
        guard !tokens.isEmpty else { return nil }
        self.text = text
        self.tokens = tokens
        self.isGreedy = isGreedy
    }

    /// What a text must begin with, in lower case; empty when the pattern does not say.
    package var prefix: String {
        var prefix = ""
        for token in tokens {
            guard case .character(let character) = token else { break }
            prefix.append(character)
        }
        return prefix
    }

    /// Whether the pattern keeps something of that name.
    package func keeps(_ name: String) -> Bool { tokens.contains(.capture(name)) }

    /// Whether the pattern fits a text, blanks round it aside.
    package func fits(_ text: String) -> Bool { captures(of: text) != nil }

    /// What the pattern keeps of a text; `nil` when it does not fit.
    ///
    /// - Parameter text: The text; blanks round it do not matter.
    /// - Returns: The texts by the names of the captures, without blanks round them.
    package func captures(of text: String) -> [String: String]? {
        guard text.utf8.count <= Self.longest else { return nil }
        let text = Array(text.trimmingBlanks())
        var match = Match(text: text, folded: text.map(Self.folded), pattern: self)
        guard match.run(token: 0, place: 0) else { return nil }
        return match.ranges.mapValues { String(text[$0]).trimmingBlanks() }
    }

    private static func folded(_ character: Character) -> Character {
        character.lowercased().first ?? character
    }

    /// One attempt, which remembers where it failed, so that its work is bounded by the product of
    /// the two lengths.
    private struct Match {
        let text: [Character]
        let folded: [Character]
        let tokens: [Token]
        let isGreedy: Bool
        var ranges: [String: Range<Int>] = [:]
        private var failed: Set<Int> = []

        init(text: [Character], folded: [Character], pattern: TextPattern) {
            self.text = text
            self.folded = folded
            tokens = pattern.tokens
            isGreedy = pattern.isGreedy
        }

        mutating func run(token: Int, place: Int) -> Bool {
            var (token, place) = (token, place)
            while token < tokens.count {
                switch tokens[token] {
                case .character(let character):
                    guard place < folded.count, folded[place] == character else { return false }
                    place += 1
                case .one:
                    guard place < folded.count else { return false }
                    place += 1
                case .blanks:
                    while place < text.count, text[place] == " " || text[place] == "\t" {
                        place += 1
                    }
                case .any: return widen(token, from: place, least: 0, name: nil)
                case .capture(let name): return widen(token, from: place, least: 1, name: name)
                }
                token += 1
            }
            return place == text.count
        }

        private mutating func widen(
            _ token: Int, from place: Int, least: Int, name: String?
        ) -> Bool {
            let key = token * (text.count + 1) + place
            guard !failed.contains(key), place + least <= text.count else { return false }
            let ends = (place + least)...text.count
            for offset in 0..<ends.count {
                let end = isGreedy ? ends.upperBound - offset : ends.lowerBound + offset
                guard run(token: token + 1, place: end) else { continue }
                if let name { ranges[name] = place..<end }
                return true
            }
            failed.insert(key)
            return false
        }
    }
}
