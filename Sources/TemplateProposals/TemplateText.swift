/// A template as it is written, with comments.
struct TemplateText: Sendable {
    private(set) var text = ""

    /// Adds a comment of its own lines.
    mutating func comment(_ lines: String...) {
        for line in lines { text += "# \(line)\n" }
    }

    /// Adds a member.
    mutating func member(_ key: String, _ value: String, depth: Int = 0, why: String = "") {
        text += String(repeating: "  ", count: depth) + "\(key): \(value)"
        text += why.isEmpty ? "\n" : "  # \(why)\n"
    }

    /// Begins an object.
    mutating func begin(_ key: String) { text += "\(key):\n" }

    /// A text as YAML: in quotes wherever it could be something else.
    static func quoted(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(
                text.lowercased())
        guard !isPlain else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\t": quoted += "\\t"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// A list on one line.
    static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
}
