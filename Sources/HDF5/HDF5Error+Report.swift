package import ErrorReports

extension HDF5Error {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String { kind.name }

    /// The file, and the object or attribute in it.
    package var place: ErrorPlace { ErrorPlace(file: location.file, object: location.object) }

    /// What was expected.
    package var expected: String? { kind.expected }

    /// What was found.
    package var found: String? { kind.found }
}

extension HDF5Error.Kind {
    /// The name for programs.
    package var name: String {
        switch self {
        case .unreadable: "unreadable"
        case .notHDF5: "not_hdf5"
        case .truncated: "truncated"
        case .newerVersion: "newer_version"
        case .missing: "missing"
        case .link: "link"
        case .storage: "storage"
        case .unexpectedType: "unexpected_type"
        case .unexpectedShape: "unexpected_shape"
        case .damaged: "damaged"
        case .machine: "machine"
        case .library: "library"
        }
    }

    /// What was expected.
    package var expected: String? {
        switch self {
        case .missing(let what, _, _): what
        case .unexpectedType(let expected, _), .unexpectedShape(let expected, _): expected
        case .unreadable, .notHDF5, .truncated, .newerVersion, .link, .storage, .damaged,
            .machine, .library:
            nil
        }
    }

    /// What was found.
    package var found: String? {
        switch self {
        case .missing(_, let found, _): found.joined(separator: ", ")
        case .unexpectedType(_, let found), .unexpectedShape(_, let found): found
        case .unreadable, .notHDF5, .truncated, .newerVersion, .link, .storage, .damaged,
            .machine, .library:
            nil
        }
    }
}
