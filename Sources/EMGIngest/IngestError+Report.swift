public import ErrorReports

extension IngestError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String { kind.name.replacing("-", with: "_") }

    /// The place in the source; a column or field is its object when no dataset is.
    public var place: ErrorPlace {
        ErrorPlace(
            file: location.file, line: location.line, column: location.column,
            byte: location.byte, object: location.object ?? location.field)
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .wrongFormat(let expected, _), .invalidCell(let expected, _),
            .malformed(let expected, _), .inconsistent(let expected, _):
            expected
        case .fieldCount(let expected, _): "\(expected) fields"
        case .missingColumn(let name, _): "column \(name)"
        case .missingValue: "a number"
        case .machine, .unreadable, .noSamples, .duplicateColumn, .unsupported,
            .invalidDescription, .crashed, .unknownRate, .unknownIdentity, .openLayout,
            .fitsNothing, .identityConflict:
            nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .wrongFormat(_, let found), .invalidCell(_, let found), .malformed(_, let found),
            .inconsistent(_, let found), .noSamples(let found), .missingValue(let found):
            found
        case .fieldCount(_, let found): "\(found) fields"
        case .missingColumn(_, let found): found.joined(separator: ", ")
        case .duplicateColumn(let name): name
        case .unsupported(let feature): feature
        case .machine, .unreadable, .invalidDescription, .crashed, .unknownRate,
            .unknownIdentity, .openLayout, .fitsNothing, .identityConflict:
            nil
        }
    }
}
