package import EMGArchive
package import Files
internal import HDF5

/// What goes wrong when predictions are written.
package enum PredictionFault: FilesFailure {
    /// The bundle does not fit the recording, or the file cannot be written.
    case decoding(DecodingError)
    /// The recording cannot be read.
    case archive(ArchiveError)

    /// A fault of the file that is written.
    package init(_ error: FilesError) { self = .decoding(DecodingError(error)) }

    /// A fault of an HDF5 file that is written.
    init(_ error: HDF5Error, at file: String) { self = .archive(ArchiveError(error, file: file)) }

    /// The error behind it.
    var error: any Error {
        switch self {
        case .decoding(let error): error
        case .archive(let error): error
        }
    }
}
