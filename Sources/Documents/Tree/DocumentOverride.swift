/// A value that is put into a document: `inner.learning_rate=1e-3`.
///
/// What stands behind the `=` is read as YAML, so that it has a type: `3` is a number, `[64, 32]`
/// a list, `"3"` a text, and nothing at all is `null`, which gives a setting its default back.
package struct DocumentOverride: Sendable, Hashable {
    /// Where the value goes.
    package let path: DocumentPath
    /// The value; its positions name the override.
    package let value: DocumentValue

    /// Creates an override.
    ///
    /// - Parameters:
    ///   - path: Where the value goes.
    ///   - value: The value.
    ///   - source: What it is called in messages, as `override 2`.
    package init(path: DocumentPath, value: DocumentValue, source: String) {
        self.path = path
        self.value = value.placed(in: "\(source): \(path)")
    }

    /// Creates an override whose value says itself where it stands.
    ///
    /// - Parameters:
    ///   - path: Where the value goes.
    ///   - value: The value.
    package init(path: DocumentPath, value: DocumentValue) {
        self.path = path
        self.value = value
    }

    /// Reads an override.
    ///
    /// - Parameters:
    ///   - text: `key.path=value`.
    ///   - source: What it is called in messages, as `override 2`.
    /// - Throws: ``DocumentError`` when it has no `=` or what stands around it cannot be read.
    package init(_ text: String, source: String) throws(DocumentError) {
        guard let (path, value) = Self.halves(of: text) else {
            throw DocumentError(
                .syntax(expected: "key.path=value", found: "\"\(text.prefix(200))\""),
                document: source, position: nil, hint: "write for example inner.learning_rate=1e-3")
        }
        let place = try DocumentPath(path, name: source)
        self.init(
            path: place,
            value: try YAMLParser.parse(Array(value.utf8), document: "\(source): \(place)"),
            source: source)
    }

    /// What stands before and behind the first `=` that is not in quotes.
    ///
    /// - Parameter text: Any text.
    /// - Returns: The two halves; `nil` when there is no `=`.
    package static func halves(of text: String) -> (path: Substring, value: Substring)? {
        var isQuoted = false
        for index in text.indices {
            switch text[index] {
            case "\"": isQuoted.toggle()
            case "=" where !isQuoted: return (text[..<index], text[text.index(after: index)...])
            default: break
            }
        }
        return nil
    }
}

extension Document {
    /// The document with values put into it, the last of several for one place counting.
    ///
    /// Objects on the way that are not there are made. Whether a name means anything is for the
    /// reader of the document to say.
    ///
    /// - Parameter overrides: The values.
    /// - Returns: The document.
    /// - Throws: ``DocumentError`` when a path leads through something that is no object or list,
    ///   or to an element that is not there.
    package func applying(_ overrides: [DocumentOverride]) throws(DocumentError) -> Document {
        var root = root
        for override in overrides {
            root = try root.replacing(override.path.steps[...], with: override, in: self)
        }
        return Document(name: name, root: root, kinds: kinds)
    }
}

extension DocumentValue {
    /// The value with every position in a source.
    func placed(in source: String) -> DocumentValue {
        let content: Content =
            switch content {
            case .array(let values): .array(values.map { $0.placed(in: source) })
            case .object(let members):
                .object(
                    members.map {
                        Member(
                            key: $0.key, position: $0.position.placed(in: source),
                            value: $0.value.placed(in: source))
                    })
            default: content
            }
        return DocumentValue(content, at: position.placed(in: source))
    }

    fileprivate func replacing(
        _ steps: ArraySlice<DocumentPath.Step>, with override: DocumentOverride,
        in document: Document
    ) throws(DocumentError) -> DocumentValue {
        guard let step = steps.first else { return override.value }
        func fault(_ expected: String) -> DocumentError {
            DocumentError(
                .invalid(expected: expected, found: summary), document: document.name,
                position: override.value.position,
                hint: "\(override.path) leads through something else in \(document.name)")
        }
        let rest = steps.dropFirst()
        let empty = DocumentValue(.null, at: override.value.position)
        switch (step, content) {
        case (.member(let key), .object(var members)):
            if let index = members.firstIndex(where: { $0.key == key }) {
                members[index] = Member(
                    key: key, position: members[index].position,
                    value: try members[index].value.replacing(rest, with: override, in: document))
            } else {
                members.append(
                    Member(
                        key: key, position: override.value.position,
                        value: try empty.replacing(rest, with: override, in: document)))
            }
            return DocumentValue(.object(members), at: position)
        case (.member(let key), .null):
            let value = try empty.replacing(rest, with: override, in: document)
            return DocumentValue(
                .object([Member(key: key, position: override.value.position, value: value)]),
                at: position)
        case (.element(let index), .array(let list)):
            guard list.indices.contains(index) else {
                throw fault("a list that has an element \(index), counted from 0")
            }
            var values = Array(list)
            values[index] = try values[index].replacing(rest, with: override, in: document)
            return DocumentValue(.array(values), at: position)
        case (.member, _): throw fault("an object")
        case (.element, _): throw fault("a list")
        }
    }
}

extension DocumentPosition? {
    fileprivate func placed(in source: String) -> DocumentPosition {
        DocumentPosition(line: self?.line ?? 1, column: self?.column ?? 1, source: source)
    }
}
