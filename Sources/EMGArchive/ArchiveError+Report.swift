public import ErrorReports
internal import HDF5

extension ArchiveError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .wrongFormat: "wrong_format"
        case .unsupportedVersion: "unsupported_version"
        case .invalid: "invalid"
        case .nonFinite: "non_finite"
        case .identityMismatch: "identity_mismatch"
        case .hashMismatch: "hash_mismatch"
        case .sizeMismatch: "size_mismatch"
        case .outsideFolder: "outside_folder"
        case .busy: "busy"
        case .machine: "machine"
        case .storage(let kind): kind.name
        case .fileSystem: "file_system"
        }
    }

    /// The file, and the object or attribute in it.
    public var place: ErrorPlace { ErrorPlace(file: location.file, object: location.object) }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .wrongFormat(let expected, _), .invalid(let expected, _),
            .identityMismatch(let expected, _), .hashMismatch(let expected, _):
            expected
        case .unsupportedVersion(let expected, _): "version \(expected)"
        case .sizeMismatch(let expected, _): "\(expected) bytes"
        case .storage(let kind): kind.expected
        case .nonFinite, .outsideFolder, .busy, .machine, .fileSystem: nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .wrongFormat(_, let found): found
        case .invalid(_, let found), .identityMismatch(_, let found),
            .hashMismatch(_, let found):
            found
        case .unsupportedVersion(_, let found): "version \(found)"
        case .sizeMismatch(_, let found): "\(found) bytes"
        case .storage(let kind): kind.found
        case .nonFinite, .outsideFolder, .busy, .machine, .fileSystem: nil
        }
    }
}
