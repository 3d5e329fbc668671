package import ErrorReports

extension ReviewError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String {
        switch kind {
        case .emptyArchive: "empty_archive"
        case .design: "design"
        }
    }

    /// The folder or the file.
    package var place: ErrorPlace {
        switch kind {
        case .emptyArchive(let folder): ErrorPlace(file: folder)
        case .design(let file): ErrorPlace(file: file)
        }
    }
}
