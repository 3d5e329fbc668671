public import ErrorReports

extension DecodingError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .malformed: "malformed"
        case .otherInput: "other_input"
        case .notCausal: "not_causal"
        case .unsupported: "unsupported"
        case .outOfRange: "out_of_range"
        case .unreachable: "unreachable"
        case .missingLibrary: "missing_library"
        case .alreadyExists: "already_exists"
        case .inputOutput: "input_output"
        case .machine: "machine"
        }
    }

    /// The file, the stream or the member of a document.
    public var place: ErrorPlace {
        switch kind {
        case .malformed, .alreadyExists, .inputOutput, .machine: ErrorPlace(file: location)
        case .otherInput, .notCausal, .unsupported, .outOfRange, .unreachable, .missingLibrary:
            ErrorPlace(object: location)
        }
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .malformed(let expected, _), .otherInput(_, let expected, _),
            .outOfRange(let expected, _):
            expected
        case .missingLibrary(let name, _): name
        case .notCausal, .unsupported, .unreachable, .alreadyExists, .inputOutput, .machine: nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .malformed(_, let found), .otherInput(_, _, let found), .outOfRange(_, let found):
            found
        case .notCausal(let stage): stage
        case .unsupported, .unreachable, .missingLibrary, .alreadyExists, .inputOutput, .machine:
            nil
        }
    }
}
