package import ErrorReports

extension EventFileError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String {
        switch kind {
        case .unwritable: "unwritable"
        case .unreadable: "unreadable"
        case .machine: "machine"
        }
    }

    /// The file or folder.
    package var place: ErrorPlace { ErrorPlace(file: location) }
}
