public import ErrorReports

extension ExperimentError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .invalid: "invalid"
        case .missing: "missing"
        case .inputOutput: "input_output"
        case .emptyResult: "empty_result"
        }
    }

    /// The file, folder, step or option.
    public var place: ErrorPlace {
        switch kind {
        case .missing, .inputOutput: ErrorPlace(file: location)
        case .invalid, .emptyResult: ErrorPlace(object: location)
        }
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .invalid(let expected, _): expected
        case .missing(let what): what
        case .inputOutput, .emptyResult: nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .invalid(_, let found): found
        case .missing, .inputOutput, .emptyResult: nil
        }
    }
}
