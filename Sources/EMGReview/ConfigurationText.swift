import Documents
import EMGTasks

/// A configuration as YAML that a person may read and change.
enum ConfigurationText {
    /// The text of a document's value.
    static func yaml(_ value: DocumentValue, comment: [String] = []) -> String {
        comment.map { "# \($0)\n" }.joined() + block(value, indentation: 0)
    }

    private static func block(_ value: DocumentValue, indentation: Int) -> String {
        guard case .object(let members) = value.content, !members.isEmpty else {
            return flow(value) + "\n"
        }
        let margin = String(repeating: " ", count: indentation)
        return members.map { member in
            let key = scalar(member.key)
            if case .object(let inner) = member.value.content, !inner.isEmpty {
                return "\(margin)\(key):\n" + block(member.value, indentation: indentation + 2)
            }
            return "\(margin)\(key): \(flow(member.value))\n"
        }.joined()
    }

    /// JSON is YAML, too.
    private static func flow(_ value: DocumentValue) -> String {
        switch value.content {
        case .null: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .string(let text): scalar(text)
        case .array(let values): "[" + values.map(flow).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(scalar($0.key)): \(flow($0.value))" }.joined(separator: ", ")
                + "}"
        }
    }

    /// A text, in quotation marks unless it can only be a text.
    private static func scalar(_ text: String) -> String {
        let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "nan", "inf"]
        let isPlain =
            text.first.map { $0.isASCII && $0.isLetter } ?? false
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            } && !words.contains(text.lowercased())
        return isPlain ? text : JSONString.text(text)
    }
}
