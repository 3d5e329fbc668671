package import Foundation

/// A pattern for the place of a source, such as `{patient}/trial_{session}/R_{repetition}.csv`.
///
/// It is held against the last parts of a path, as many as it has. In a part, `{name}` stands for
/// at least one character and keeps it, `{*}` for any number of them. A capture ends at the first
/// place where what follows it in the pattern stands.
package struct PathPattern: Sendable, Hashable {
    /// What a pattern may capture.
    package enum Capture: String, Sendable, Hashable, CaseIterable {
        case patient, session, condition, run, repetition, label
    }

    private enum Token: Sendable, Hashable {
        case text([Character])
        case capture(Capture)
        case anything
    }

    /// The pattern as it was written.
    package let text: String
    private let parts: [[Token]]

    /// What the pattern captures.
    var wanted: Set<Capture> {
        var result: Set<Capture> = []
        for case .capture(let capture) in parts.joined() { result.insert(capture) }
        return result
    }

    /// Reads a pattern; `nil` when a brace is open or a capture is not known.
    package init?(_ text: String) {
        var parts: [[Token]] = []
        for part in text.split(separator: "/", omittingEmptySubsequences: false) {
            var tokens: [Token] = []
            var rest = part[...]
            while let open = rest.firstIndex(of: "{") {
                if open > rest.startIndex { tokens.append(.text(Array(rest[..<open]))) }
                guard let close = rest[open...].firstIndex(of: "}") else { return nil }
                let name = rest[rest.index(after: open)..<close]
                if name == "*" {
                    tokens.append(.anything)
                } else if let capture = Capture(rawValue: String(name)) {
                    tokens.append(.capture(capture))
                } else {
                    return nil
                }
                rest = rest[rest.index(after: close)...]
            }
            if !rest.isEmpty { tokens.append(.text(Array(rest))) }
            guard !tokens.isEmpty else { return nil }
            parts.append(tokens)
        }
        self.text = text
        self.parts = parts
    }

    /// What the pattern captures of a place; `nil` when the place does not fit.
    package func captures(of url: URL) -> [Capture: String]? {
        let components = url.absoluteURL.standardizedFileURL.pathComponents
        guard components.count >= parts.count else { return nil }
        var found: [Capture: String] = [:]
        for (tokens, component) in zip(parts, components.suffix(parts.count)) {
            guard Self.match(tokens, Array(component), into: &found) else { return nil }
        }
        return found
    }

    /// What the last part of the pattern captures of a name; `nil` when it does not fit.
    package func captures(ofName name: String) -> [Capture: String]? {
        var found: [Capture: String] = [:]
        guard let tokens = parts.last, Self.match(tokens, Array(name), into: &found) else {
            return nil
        }
        return found
    }

    private static func match(
        _ tokens: [Token], _ name: [Character], into found: inout [Capture: String]
    ) -> Bool {
        var position = 0
        for (index, token) in tokens.enumerated() {
            switch token {
            case .text(let text):
                guard name[position...].starts(with: text) else { return false }
                position += text.count
            case .capture, .anything:
                let least = token == .anything ? 0 : 1
                var end = name.count
                if index + 1 < tokens.count {
                    guard case .text(let next) = tokens[index + 1] else { return false }
                    // The last text must reach the end of the name.
                    let isLast = index + 2 == tokens.count
                    let first = position + least
                    let place =
                        isLast
                        ? (name.count - next.count >= first
                            && name.reversed().starts(
                                with: next.reversed())
                            ? name.count - next.count : nil)
                        : firstIndex(of: next, in: name, from: first)
                    guard let place else { return false }
                    end = place
                }
                guard end - position >= least else { return false }
                if case .capture(let capture) = token {
                    let text = String(name[position..<end])
                    // A name that stands twice must say the same twice.
                    guard found[capture] == nil || found[capture] == text else { return false }
                    found[capture] = text
                }
                position = end
            }
        }
        return position == name.count
    }

    private static func firstIndex(
        of text: [Character], in name: [Character], from start: Int
    ) -> Int? {
        guard start <= name.count - text.count else { return nil }
        return (start...name.count - text.count).first { name[$0...].starts(with: text) }
    }
}
