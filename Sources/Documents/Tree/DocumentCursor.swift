private import PrintableText

/// A value in a document together with the way to it, from which it is read into Swift types.
///
/// Each accessor either gives a value of the type asked for or throws a ``DocumentError`` that
/// names the file, line, column and path of the fault.
public struct DocumentCursor: Sendable, Hashable {
    /// The value.
    package let value: DocumentValue
    /// The document's name.
    package let document: String
    /// The way to the value, as `$.split.rule`.
    package let path: String
    /// What packages outside have added to the kinds that the document may name.
    package let kinds: Kinds

    /// Creates a cursor at a value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - document: The document's name.
    ///   - path: The way to the value, as `$.split.rule`.
    ///   - kinds: What packages outside have added to the kinds that the document may name.
    package init(value: DocumentValue, document: String, path: String, kinds: Kinds = Kinds()) {
        self.value = value
        self.document = document
        self.path = path
        self.kinds = kinds
    }

    /// A cursor at another value in the place of this one.
    func replacing(_ value: DocumentValue) -> DocumentCursor {
        DocumentCursor(value: value, document: document, path: path, kinds: kinds)
    }

    /// An error at this value.
    ///
    /// - Parameters:
    ///   - expected: What should stand here.
    ///   - found: What does; the value itself when not given.
    ///   - hint: What to do.
    /// - Returns: The error, for throwing.
    public func error(expected: String, found: String? = nil, hint: String = "") -> DocumentError {
        DocumentError(
            .invalid(expected: expected, found: found ?? value.summary), document: document,
            position: value.position, path: path, hint: hint)
    }

    /// Whether the value is `null`.
    public var isNull: Bool { value.content == .null }

    /// The value as a text.
    public func string() throws(DocumentError) -> String {
        guard case .string(let text) = value.content else { throw error(expected: "a text") }
        return text
    }

    /// The value as a name: a text, or a number as it would be written, so that a patient may be
    /// called `12` without quotes.
    package func name() throws(DocumentError) -> String {
        if case .integer(let number) = value.content { return String(number) }
        return try string()
    }

    /// The value as a whole number within bounds.
    public func integer(in bounds: ClosedRange<Int> = .min ... .max) throws(DocumentError) -> Int {
        guard case .integer(let number) = value.content, bounds.contains(number) else {
            throw error(expected: "a whole number\(Self.text(of: bounds))", hint: hintForQuotes)
        }
        return number
    }

    /// The value as a finite number within bounds.
    public func number(
        in bounds: ClosedRange<Double> = -Double.greatestFiniteMagnitude
            ... .greatestFiniteMagnitude
    ) throws(DocumentError) -> Double {
        let number: Double? =
            switch value.content {
            case .integer(let whole): Double(whole)
            case .number(let fraction): fraction
            default: nil
            }
        guard let number, bounds.contains(number) else {
            throw error(expected: "a number\(Self.text(of: bounds))", hint: hintForQuotes)
        }
        return number
    }

    /// The value as a number above 0.
    ///
    /// - Parameter words: What it is, for messages: `a frequency above 0 Hz`.
    /// - Returns: The number.
    /// - Throws: ``DocumentError`` when it is none, or not above 0.
    package func positive(_ words: String) throws(DocumentError) -> Double {
        let number: Double? =
            switch value.content {
            case .integer(let whole): Double(whole)
            case .number(let fraction): fraction
            default: nil
            }
        guard let number, number > 0 else { throw error(expected: words, hint: hintForQuotes) }
        return number
    }

    /// The value as true or false.
    public func boolean() throws(DocumentError) -> Bool {
        guard case .boolean(let flag) = value.content else {
            throw error(expected: "true or false", hint: hintForQuotes)
        }
        return flag
    }

    /// What to do when a number or a truth value stands in quotes, which make a text of it.
    private var hintForQuotes: String {
        guard case .string(let text) = value.content else { return "" }
        switch text.lowercased() {
        case "true", "false": return "leave out the quotes"
        case "yes", "on": return "write true"
        case "no", "off": return "write false"
        default: return Double(text)?.isFinite == true ? "leave out the quotes" : ""
        }
    }

    /// The value as one of a set of names, each standing for a Swift value.
    package func choice<Choice>(
        _ choices: KeyValuePairs<String, Choice>
    ) throws(DocumentError) -> Choice {
        try choice(choices.map { ($0.key, $0.value) })
    }

    /// The value as one of a set of names, each standing for a Swift value.
    package func choice<Choice>(
        _ choices: [(name: String, value: Choice)]
    ) throws(DocumentError) -> Choice {
        guard case .string(let text) = value.content,
            let match = choices.first(where: { $0.name == text })
        else { throw noChoice(choices.map(\.name)) }
        return match.value
    }

    private func noChoice(_ names: [String]) -> DocumentError {
        var hint = ""
        if case .string(let text) = value.content {
            hint = Spelling.suggestion(for: text, among: names)
        }
        return error(expected: "one of \(names.joined(separator: ", "))", hint: hint)
    }

    /// The value as one of the names of a choice: the raw values of an enumeration, in its order.
    package func choice<Choice: CaseIterable & RawRepresentable>(
        of type: Choice.Type = Choice.self
    ) throws(DocumentError) -> Choice where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        guard case .string(let text) = value.content, let match = Choice(rawValue: text) else {
            throw noChoice(names)
        }
        return match
    }

    /// The elements of a list.
    public func array() throws(DocumentError) -> [DocumentCursor] {
        Array(try elements())
    }

    /// The elements of a list, each made when it is its turn.
    package func elements() throws(DocumentError) -> some RandomAccessCollection<DocumentCursor> {
        guard case .array(let values) = value.content else {
            throw error(expected: "a list", hint: "begin each of its entries with \"- \"")
        }
        return values.indices.lazy.map { index in
            DocumentCursor(
                value: values[index], document: document, path: "\(path)[\(index)]", kinds: kinds)
        }
    }

    /// The value as an object with known members.
    ///
    /// - Parameter members: Every name that may stand in it.
    /// - Returns: The object.
    /// - Throws: ``DocumentError`` for a member that is not among them, with the nearest name.
    package func object(allowing members: [String]) throws(DocumentError) -> DocumentObject {
        let object = try object(usual: members.first { Self.namingMembers.contains($0) })
        for member in object.members where !members.contains(member.key) {
            throw DocumentError(
                .unknownMember(member.key), document: document, position: member.position,
                path: path,
                hint: Spelling.suggestion(for: member.key, among: members))
        }
        return object
    }

    /// The value as an object with any members.
    public func object() throws(DocumentError) -> DocumentObject {
        try object(usual: nil)
    }

    /// Members that say by a name what an object is.
    private static let namingMembers: Set<String> = ["name", "rule", "method"]

    // `usual` is the member that a text in the object's place was probably meant for.
    func object(usual: @autoclosure () -> String?) throws(DocumentError) -> DocumentObject {
        switch value.content {
        case .object(let members):
            return DocumentObject(cursor: self, members: members)
        case .null where path == "$":
            throw error(
                expected: "an object", found: "nothing",
                hint: "the document is empty: write its settings, or name another file")
        case .string(let text):
            let name = text.printable()
            throw error(
                expected: "an object",
                hint: usual().map {
                    "write \($0): \(name) below it, or {\($0): \(name)}; as an "
                        + "override: \(path.dropFirst(2)).\($0)=\(name)"
                } ?? "")
        default:
            throw error(expected: "an object")
        }
    }

    private static func text(of bounds: ClosedRange<Int>) -> String {
        switch (bounds.lowerBound == .min, bounds.upperBound == .max) {
        case (true, true): ""
        case (false, true): " of at least \(bounds.lowerBound)"
        case (true, false): " of at most \(bounds.upperBound)"
        case (false, false): " from \(bounds.lowerBound) to \(bounds.upperBound)"
        }
    }

    private static func text(of bounds: ClosedRange<Double>) -> String {
        let largest = Double.greatestFiniteMagnitude
        return switch (bounds.lowerBound == -largest, bounds.upperBound == largest) {
        case (true, true): ""
        case (false, true): " of at least \(bounds.lowerBound)"
        case (true, false): " of at most \(bounds.upperBound)"
        case (false, false): " from \(bounds.lowerBound) to \(bounds.upperBound)"
        }
    }
}

/// An object of a document, whose members are read by name.
public struct DocumentObject: Sendable, Hashable {
    /// The object itself, for errors that concern it as a whole.
    package let cursor: DocumentCursor
    /// Its members in the order of the document.
    package let members: [DocumentValue.Member]

    /// A member that must be there.
    public func required(_ key: String) throws(DocumentError) -> DocumentCursor {
        guard let member = self[key] else {
            throw DocumentError(
                .missingMember(key), document: cursor.document,
                position: cursor.value.position, path: cursor.path,
                hint: "add \"\(key)\"")
        }
        return member
    }

    /// A member that may be missing or `null`.
    public func optional(_ key: String) -> DocumentCursor? {
        guard let member = self[key], !member.isNull else { return nil }
        return member
    }

    /// Every member's name and a cursor at its value.
    package var entries: [(key: String, cursor: DocumentCursor)] {
        members.map { ($0.key, cursor(of: $0)) }
    }

    private subscript(key: String) -> DocumentCursor? {
        members.first { $0.key == key }.map(cursor(of:))
    }

    private func cursor(of member: DocumentValue.Member) -> DocumentCursor {
        DocumentCursor(
            value: member.value, document: cursor.document, path: "\(cursor.path).\(member.key)",
            kinds: cursor.kinds)
    }
}
