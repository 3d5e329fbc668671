public import ErrorReports
private import PrintableText

/// A fault in a JSON or YAML document: what, where and what to do.
public struct DocumentError: ExplainedError, Sendable, Hashable {
    /// What a document can be wrong in: its syntax, a member or a value.
    public enum Kind: Sendable, Hashable {
        /// The file cannot be read.
        case unreadable(reason: String)
        /// The text is not JSON or YAML.
        case syntax(expected: String, found: String)
        /// A member that must be there is not.
        case missingMember(String)
        /// A member that nobody knows.
        case unknownMember(String)
        /// A member twice in one object.
        case duplicateMember(String)
        /// A value of the wrong type or outside what is allowed.
        case invalid(expected: String, found: String)
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// The document, usually a file's path.
    package let document: String
    /// Where in the text; `nil` when the fault has no place.
    package let position: DocumentPosition?
    /// Which value, as `$.tasks[2].sha256`; empty when the text could not be parsed.
    package let path: String
    /// What to do; empty when the fault says it all.
    public let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - document: The document's name.
    ///   - position: Where in the text.
    ///   - path: Which value.
    ///   - hint: What to do.
    package init(
        _ kind: Kind, document: String, position: DocumentPosition?, path: String = "",
        hint: String = ""
    ) {
        self.kind = kind
        self.document = document
        self.position = position
        self.path = path
        self.hint = hint
    }

    /// `file:line:column: $.path: what`, and the hint on a line of its own. A value that an override
    /// gave has the override in place of the file: `override 2: seed: $.seed: what`.
    public var description: String {
        var text = (position?.source ?? document).printable(limit: 1_000)
        if let position, position.source == nil {
            text += ":\(position.line):\(position.column)"
        }
        text += ": "
        if !path.isEmpty { text += path.printable(limit: 300) + ": " }
        text += fault
        return hint.isEmpty ? text : text + "\n  hint: \(hint)"
    }

    /// The fault without its place and hint.
    package var fault: String {
        switch kind {
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .syntax(let expected, let found): "expected \(expected), found \(found)"
        case .missingMember(let key): "\"\(key.printable())\" is missing"
        case .unknownMember(let key): "unknown member \"\(key.printable())\""
        case .duplicateMember(let key): "\"\(key.printable())\" stands twice"
        case .invalid(let expected, let found): "expected \(expected), found \(found)"
        }
    }
}

extension DocumentError {
    /// The error for bytes that are no text at all.
    static func notText(document: String, hint: String? = nil) -> DocumentError {
        DocumentError(
            .syntax(expected: "JSON or YAML in UTF-8", found: "bytes that are no such text"),
            document: document, position: nil,
            hint: hint ?? "name the settings or the manifest; a text in another encoding has to be "
                + "saved as UTF-8")
    }
}
