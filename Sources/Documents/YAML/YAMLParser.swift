private import PrintableText
private import Yams

/// Reads YAML through Yams (libyaml) into positioned values.
enum YAMLParser {
    /// How many values a document may have once its aliases are followed, so that a few lines of
    /// aliases of aliases cannot fill the memory.
    private static let valueLimit = 1_000_000
    private static let depthLimit = 128

    static func parse(_ bytes: [UInt8], document: String) throws(DocumentError) -> DocumentValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DocumentError.notText(document: document)
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text, Resolver.basic)
        } catch {
            throw convert(error, text: text, document: document)
        }
        guard let node else {
            return DocumentValue(.null, at: DocumentPosition(line: 1, column: 1))
        }
        var conversion = Conversion(document: document, remaining: valueLimit)
        return try conversion.value(of: node, depth: 0)
    }

    private static func convert(
        _ error: any Error, text: String, document: String
    ) -> DocumentError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            fault(problem, at: mark, text: text, document: document)
        case .duplicatedKeysInMapping(let duplicates, let context):
            DocumentError(
                .duplicateMember(duplicates.first ?? ""),
                document: document,
                position: DocumentPosition(line: context.mark.line, column: context.mark.column),
                hint: "keep one of the two")
        default:
            DocumentError(
                .syntax(
                    expected: "YAML",
                    found: String(describing: error).printable(limit: 200)),
                document: document, position: nil)
        }
    }

    private static func fault(
        _ problem: String, at mark: Mark, text: String, document: String
    ) -> DocumentError {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
        let fault = YAMLFault(
            problem: problem, character: line.dropFirst(max(0, mark.column - 1)).first)
        return DocumentError(
            .syntax(expected: "YAML", found: fault.found), document: document,
            position: DocumentPosition(line: mark.line, column: mark.column), hint: fault.hint)
    }

    private struct Conversion {
        let document: String
        var remaining: Int

        mutating func value(of node: Node, depth: Int) throws(DocumentError) -> DocumentValue {
            let position = Self.position(of: node)
            remaining -= 1
            guard remaining > 0, depth < depthLimit else {
                throw DocumentError(
                    .syntax(
                        expected:
                            "at most \(valueLimit) values, \(depthLimit) levels deep",
                        found: "more"), document: document, position: position)
            }
            switch node {
            case .scalar(let scalar):
                return DocumentValue(Self.resolve(scalar), at: position)
            case .sequence(let sequence):
                var values: [DocumentValue] = []
                for element in sequence {
                    values.append(try value(of: element, depth: depth + 1))
                }
                return DocumentValue(.array(values), at: position)
            case .mapping(let mapping):
                return DocumentValue(
                    .object(try members(of: mapping, depth: depth)), at: position)
            case .alias:
                throw DocumentError(
                    .syntax(expected: "a value", found: "an alias of nothing"),
                    document: document, position: position)
            }
        }

        private mutating func members(
            of mapping: Node.Mapping, depth: Int
        ) throws(DocumentError) -> [DocumentValue.Member] {
            var members: [DocumentValue.Member] = []
            var seen: Set<String> = []
            for (key, element) in mapping {
                let place = Self.position(of: key)
                guard let name = key.scalar?.string else {
                    throw DocumentError(
                        .syntax(expected: "a text as name", found: "a list or object"),
                        document: document, position: place)
                }
                guard seen.insert(name).inserted else {
                    throw DocumentError(
                        .duplicateMember(name), document: document, position: place,
                        hint: "keep one of the two")
                }
                members.append(
                    DocumentValue.Member(
                        key: name, position: place, value: try value(of: element, depth: depth + 1))
                )
            }
            return members
        }

        private static func position(of node: Node) -> DocumentPosition {
            DocumentPosition(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        }

        /// The core schema of YAML 1.2, chapter 10.3, for plain scalars.
        private static func resolve(_ scalar: Node.Scalar) -> DocumentValue.Content {
            guard scalar.style == .plain || scalar.style == .any else {
                return .string(scalar.string)
            }
            switch scalar.string {
            case "", "~", "null", "Null", "NULL": return .null
            case "true", "True", "TRUE": return .boolean(true)
            case "false", "False", "FALSE": return .boolean(false)
            default: break
            }
            let text = scalar.string
            guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else {
                return .string(text)
            }
            if let whole = Int(text) { return .integer(whole) }
            if let number = Double(text), number.isFinite { return .number(number) }
            return .string(text)
        }
    }
}
