public import ErrorReports

extension DocumentError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .unreadable: "unreadable"
        case .syntax: "syntax"
        case .missingMember: "missing_member"
        case .unknownMember: "unknown_member"
        case .duplicateMember: "duplicate_member"
        case .invalid: "invalid"
        }
    }

    /// The document, or the override that gave the value, and the value's path.
    public var place: ErrorPlace {
        guard let position else { return ErrorPlace(file: document, object: path) }
        guard position.source == nil else {
            return ErrorPlace(object: position.source.map { "\($0): \(path)" })
        }
        return ErrorPlace(
            file: document, line: position.line, column: position.column, object: path)
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .syntax(let expected, _), .invalid(let expected, _): expected
        case .missingMember(let key): key
        case .unreadable, .unknownMember, .duplicateMember: nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .syntax(_, let found), .invalid(_, let found): found
        case .unknownMember(let key), .duplicateMember(let key): key
        case .unreadable, .missingMember: nil
        }
    }
}
