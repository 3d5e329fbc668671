internal import EMGArchive
public import ErrorReports

extension ExportError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .unsuitable: "unsuitable"
        case .unusableName: "unusable_name"
        case .nameCollision: "name_collision"
        case .unreadable: "unreadable"
        case .storage(let error): error.kindName
        }
    }

    /// The recording or file.
    public var place: ErrorPlace {
        if case .storage(let error) = kind { return error.place }
        return ErrorPlace(object: subject)
    }

    /// What was expected.
    public var expected: String? {
        if case .storage(let error) = kind { error.expected } else { nil }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .unusableName(_, let found): found
        case .storage(let error): error.found
        case .unsuitable, .nameCollision, .unreadable: nil
        }
    }
}
