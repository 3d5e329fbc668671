/// Why a recording was not written: its rows could not be had, or the file not be written.
package enum RecordingWriteError<RowsFailure: Error>: Error, CustomStringConvertible {
    /// What reading the rows threw.
    case rows(RowsFailure)
    /// What checking or writing them threw.
    case archive(ArchiveError)

    /// What the error behind it says.
    package var description: String {
        switch self {
        case .rows(let error): "\(error)"
        case .archive(let error): error.description
        }
    }
}
