extension DocumentValue {
    /// The value as JSON in one line, members by name: the same text for the same settings,
    /// whatever their order.
    package var canonicalJSON: String {
        switch content {
        case .null: "null"
        case .boolean(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .string(let text): Self.quoted(text)
        case .array(let values): "[\(values.map(\.canonicalJSON).joined(separator: ","))]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { "\(Self.quoted($0.key)):\($0.value.canonicalJSON)" }
                .joined(separator: ",") + "}"
        }
    }

    /// Every value that is no object with its path, in the order of the document.
    ///
    /// Lists count as one value, except those that hold objects.
    package var leaves: [(path: [DocumentPath.Step], value: DocumentValue)] {
        switch content {
        case .object(let members) where !members.isEmpty:
            members.flatMap { member in
                member.value.leaves.map { ([.member(member.key)] + $0.path, $0.value) }
            }
        case .array(let values) where values.contains(where: \.isObject):
            values.enumerated().flatMap { index, value in
                value.leaves.map { ([.element(index)] + $0.path, $0.value) }
            }
        default: [([], self)]
        }
    }

    /// The value that a path leads to.
    package func value(at path: some Collection<DocumentPath.Step>) -> DocumentValue? {
        guard let step = path.first else { return self }
        let next: DocumentValue? =
            switch (step, content) {
            case (.member(let key), .object(let members)):
                members.first { $0.key == key }?.value
            case (.element(let index), .array(let values)) where values.indices.contains(index):
                values[index]
            default: nil
            }
        return next?.value(at: path.dropFirst())
    }

    /// The value with another document's members where it has none.
    package func filled(from defaults: DocumentValue) -> DocumentValue {
        guard case .object(let members) = content, case .object(let others) = defaults.content
        else { return content == .null ? defaults : self }
        let own = members.map { member in
            guard let other = others.first(where: { $0.key == member.key }) else { return member }
            return Member(
                key: member.key, position: member.position,
                value: member.value.filled(from: other.value))
        }
        return DocumentValue(
            .object(
                own + others.filter { other in !members.contains { $0.key == other.key } }),
            at: position)
    }

    /// The value as YAML in block style, each line that holds a value with a comment.
    ///
    /// - Parameter comment: What is said about a value, by its path; `nil` for nothing.
    /// - Returns: The text, ending in a line break.
    package func yaml(
        comment: (_ path: [DocumentPath.Step], _ value: DocumentValue) -> String? = { _, _ in nil }
    ) -> String {
        var lines: [(text: String, comment: String?)] = []
        write(to: &lines, at: [], indentation: "", prefix: "", comment: comment)
        let width = min(48, lines.filter { $0.comment != nil }.map(\.text.count).max() ?? 0)
        return lines.map { line in
            guard let comment = line.comment else { return line.text + "\n" }
            let gap = String(repeating: " ", count: max(0, width - line.text.count))
            return "\(line.text)\(gap)  # \(comment)\n"
        }.joined()
    }

    private var isObject: Bool { if case .object = content { true } else { false } }

    private func write(
        to lines: inout [(text: String, comment: String?)], at path: [DocumentPath.Step],
        indentation: String, prefix: String,
        comment: ([DocumentPath.Step], DocumentValue) -> String?
    ) {
        switch content {
        case .object(let members) where !members.isEmpty:
            // The first member of an element stands beside its dash.
            var lead = prefix
            if prefix.hasSuffix(":") {
                lines.append((prefix, nil))
                lead = indentation
            } else if prefix.isEmpty {
                lead = indentation
            }
            for member in members {
                member.value.write(
                    to: &lines, at: path + [.member(member.key)], indentation: indentation + "  ",
                    prefix: "\(lead)\(Self.plain(member.key)):", comment: comment)
                lead = indentation
            }
        case .array(let values) where values.contains(where: \.isObject):
            lines.append((prefix, nil))
            for (index, value) in values.enumerated() {
                value.write(
                    to: &lines, at: path + [.element(index)], indentation: indentation + "  ",
                    prefix: "\(indentation)- ", comment: comment)
            }
        default:
            let gap = prefix.hasSuffix(":") ? " " : ""
            lines.append((prefix + gap + flow, comment(path, self)))
        }
    }

    /// The value in one line.
    var flow: String {
        switch content {
        case .null: "null"
        case .boolean(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .string(let text): Self.plain(text)
        case .array(let values): "[\(values.map(\.flow).joined(separator: ", "))]"
        case .object(let members):
            "{\(members.map { "\(Self.plain($0.key)): \($0.value.flow)" }.joined(separator: ", "))}"
        }
    }

    /// A text without quotes where YAML reads it as the same text.
    private static func plain(_ text: String) -> String {
        let isPlain =
            text.utf8.first.map {
                ("a"..."z").contains(Character(Unicode.Scalar($0)))
                    || ("A"..."Z").contains(Character(Unicode.Scalar($0)))
            } ?? false
            && text.utf8.allSatisfy { byte in
                let character = Character(Unicode.Scalar(byte))
                return character.isASCII
                    && (character.isLetter || character.isNumber
                        || "_-./".contains(character))
            }
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
                .contains(text.lowercased())
        return isPlain ? text : quoted(text)
    }

    /// A text as JSON, which YAML reads, too.
    package static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
