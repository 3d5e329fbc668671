package import ErrorReports

extension FilesError {
    /// What to do when a file cannot be written and the machine lacks nothing.
    package static let writingHint = "check the folder's permissions and free space"
    /// What to do when a file or folder cannot be read.
    package static let readingHint = "check the path and its permissions"
}

extension FilesError.Operation {
    /// What the place was wanted for.
    package var use: MachineFault.Use {
        switch self {
        case .listing, .looking: .reading
        default: .writing
        }
    }

    /// What to do when it fails and the machine lacks nothing.
    var hint: String {
        switch self {
        case .makingFolder: "check that no file is in the way and that you may write there"
        case .makingFile, .writing, .copying, .flushingFile, .flushingFolder, .renaming, .removing:
            FilesError.writingHint
        case .sweeping: "check the folder's path and permissions"
        case .listing, .looking: FilesError.readingHint
        case .makingLock, .locking: "check that the folder is there and that you may write to it"
        }
    }
}
