/// Writes values as YAML in block style; lists without objects, and empty values, stand on one
/// line.
struct YAMLWriter {
    /// A line, and what is said about it.
    private struct Line {
        let text: String
        var comment: String?
    }

    /// What is said about a value, by its path.
    typealias Comment = (_ path: [DocumentPath.Step], _ value: DocumentValue) -> String?

    /// Comments begin in one column, when lines are not longer.
    private static let widest = 48

    private let comment: Comment
    private var lines: [Line] = []

    init(comment: @escaping Comment) {
        self.comment = comment
    }

    /// The text, ending in a line break.
    var text: String {
        let width = min(
            Self.widest, lines.filter { $0.comment != nil }.map(\.text.count).max() ?? 0)
        return lines.map { line in
            guard let comment = line.comment else { return line.text + "\n" }
            let gap = String(repeating: " ", count: max(0, width - line.text.count))
            return "\(line.text)\(gap)  # \(comment)\n"
        }.joined()
    }

    /// Writes a value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - path: The way to it.
    ///   - indentation: The blanks before what lies in it.
    ///   - prefix: What stands before it on its line: a name, a dash or nothing.
    mutating func write(
        _ value: DocumentValue, at path: [DocumentPath.Step] = [], indentation: String = "",
        prefix: String = ""
    ) {
        switch value.content {
        case .object(let members) where !members.isEmpty:
            // The first member of an element stands beside its dash.
            var lead = prefix
            if prefix.hasSuffix(":") {
                lines.append(Line(text: prefix))
                lead = indentation
            } else if prefix.isEmpty {
                lead = indentation
            }
            for member in members {
                write(
                    member.value, at: path + [.member(member.key)],
                    indentation: indentation + "  ",
                    prefix: "\(lead)\(YAMLScalar.text(member.key)):")
                lead = indentation
            }
        case .array(let values) where values.contains(where: \.isObject):
            lines.append(Line(text: prefix))
            for (index, value) in values.enumerated() {
                write(
                    value, at: path + [.element(index)], indentation: indentation + "  ",
                    prefix: "\(indentation)- ")
            }
        default:
            let gap = prefix.hasSuffix(":") ? " " : ""
            lines.append(
                Line(text: prefix + gap + value.yamlLine, comment: comment(path, value)))
        }
    }
}

extension DocumentValue {
    /// The value as YAML in block style, each line that holds a value with a comment.
    ///
    /// - Parameter comment: What is said about a value, by its path; `nil` for nothing.
    /// - Returns: The text, ending in a line break; it reads as the same value.
    package func yaml(
        comment: @escaping (_ path: [DocumentPath.Step], _ value: DocumentValue) -> String? = {
            _, _ in nil
        }
    ) -> String {
        var writer = YAMLWriter(comment: comment)
        writer.write(self)
        return writer.text
    }

    /// The value as YAML in one line.
    package var yamlLine: String {
        switch content {
        case .null: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .number(let number): YAMLScalar.number(number)
        case .string(let text): YAMLScalar.text(text)
        case .array(let values): "[\(values.map(\.yamlLine).joined(separator: ", "))]"
        case .object(let members):
            "{"
                + members.map { "\(YAMLScalar.text($0.key)): \($0.value.yamlLine)" }
                .joined(separator: ", ") + "}"
        }
    }

    var isObject: Bool { if case .object = content { true } else { false } }
}
