package import ErrorReports

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

extension RecordingWriteError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the rows or the file.
    package var machineFault: MachineFault? {
        switch self {
        case .rows(let error): MachineFault.behind(error)
        case .archive(let error): error.machineFault
        }
    }
}
