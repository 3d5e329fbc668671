public import ErrorReports

extension FilesError {
    /// The kind of fault for programs.
    public var kindName: String {
        switch kind {
        case .busy: "busy"
        case .machine: "machine"
        case .fileSystem: "file_system"
        }
    }

    /// The file or folder.
    public var place: ErrorPlace { ErrorPlace(file: location) }
}
