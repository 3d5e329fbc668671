public import ErrorReports

extension EventFileError {
    /// The kind of fault for programs.
    public var kindName: String {
        switch kind {
        case .unwritable: "unwritable"
        case .unreadable: "unreadable"
        case .machine: "machine"
        }
    }

    /// The file or folder.
    public var place: ErrorPlace { ErrorPlace(file: location) }
}
