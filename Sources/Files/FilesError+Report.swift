package import ErrorReports

extension FilesError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String {
        switch kind {
        case .busy: "busy"
        case .machine: "machine"
        case .fileSystem: "file_system"
        }
    }

    /// The file or folder.
    package var place: ErrorPlace { ErrorPlace(file: location) }
}
