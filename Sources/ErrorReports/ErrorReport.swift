/// An error in parts, for programs: every `--json` of the command carries it so.
public struct ErrorReport: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault: `missing_column`; `internal` for a fault of the program.
    public let kind: String
    /// Where the fault is.
    public let place: ErrorPlace
    /// What was expected there.
    public let expected: String?
    /// What was found in its place.
    public let found: String?
    /// What to do; empty when the fault says it all.
    public let hint: String
    /// The whole message as people read it, with place and hint.
    public let description: String

    /// The parts of an error.
    ///
    /// - Parameters:
    ///   - error: Any error; one that is no ``ExplainedError`` is a fault of the program.
    ///   - text: The message in place of the error's own.
    package init(_ error: any Error, text: String? = nil) {
        switch error {
        case let report as ErrorReport:
            kind = report.kind
            place = report.place
            expected = report.expected
            found = report.found
            hint = report.hint
        case let error as any ExplainedError:
            kind = error.kindName
            place = error.place
            expected = error.expected
            found = error.found
            hint = error.hint
        default:
            kind = "internal"
            place = ErrorPlace()
            expected = nil
            found = nil
            hint = ""
        }
        description = text ?? "\(error)"
    }

    /// An error by its parts.
    ///
    /// - Parameters:
    ///   - kind: The kind of fault.
    ///   - place: Where the fault is.
    ///   - expected: What was expected there.
    ///   - found: What was found in its place.
    ///   - hint: What to do.
    ///   - message: The whole message as people read it.
    package init(
        kind: String, place: ErrorPlace, expected: String?, found: String?, hint: String,
        message: String
    ) {
        self.kind = kind
        self.place = place
        self.expected = expected
        self.found = found
        self.hint = hint
        description = message
    }
}

extension ErrorReport: Codable {
    private enum Key: String, CodingKey {
        case kind, file, line, column, byte, object, expected, found, hint, message
    }

    /// Writes `kind` and `message`, and what is known of `file`, `line`, `column`, `byte`,
    /// `object`, `expected`, `found` and `hint`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        try container.encodeIfPresent(place.file, forKey: .file)
        try container.encodeIfPresent(place.line, forKey: .line)
        try container.encodeIfPresent(place.column, forKey: .column)
        try container.encodeIfPresent(place.byte, forKey: .byte)
        try container.encodeIfPresent(place.object, forKey: .object)
        try container.encodeIfPresent(expected, forKey: .expected)
        try container.encodeIfPresent(found, forKey: .found)
        if !hint.isEmpty { try container.encode(hint, forKey: .hint) }
        try container.encode(description, forKey: .message)
    }

    /// Reads what ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        kind = try container.decode(String.self, forKey: .kind)
        place = ErrorPlace(
            file: try container.decodeIfPresent(String.self, forKey: .file),
            line: try container.decodeIfPresent(Int.self, forKey: .line),
            column: try container.decodeIfPresent(Int.self, forKey: .column),
            byte: try container.decodeIfPresent(Int.self, forKey: .byte),
            object: try container.decodeIfPresent(String.self, forKey: .object))
        expected = try container.decodeIfPresent(String.self, forKey: .expected)
        found = try container.decodeIfPresent(String.self, forKey: .found)
        hint = try container.decodeIfPresent(String.self, forKey: .hint) ?? ""
        description = try container.decode(String.self, forKey: .message)
    }
}
