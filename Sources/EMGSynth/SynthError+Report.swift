public import ErrorReports

extension SynthError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .outOfRange: "out_of_range"
        case .alreadyExists: "already_exists"
        case .unwritable: "unwritable"
        case .machine: "machine"
        }
    }

    /// The number of the plan, or the file.
    public var place: ErrorPlace {
        switch kind {
        case .outOfRange(let what, _, _): ErrorPlace(object: what)
        case .alreadyExists(let path), .unwritable(let path, _): ErrorPlace(file: path)
        case .machine(let fault): ErrorPlace(file: fault.place)
        }
    }

    /// What was expected.
    public var expected: String? {
        if case .outOfRange(_, let expected, _) = kind { expected } else { nil }
    }

    /// What was found.
    public var found: String? {
        if case .outOfRange(_, _, let found) = kind { found } else { nil }
    }
}
