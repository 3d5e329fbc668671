private import Documents

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
    static func quoted(_ text: String) -> String { DocumentValue.string(text).yamlLine }

    /// A list on one line.
    static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
}
