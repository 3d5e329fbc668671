internal import EMGSignal

/// What is asked of a worker: one line of JSON.
enum WorkerJob: Codable {
    /// What a file is.
    case examine(path: String)
    /// What a source holds.
    case inspect(WorkerSource)
    /// To convert a source into the archive of a folder.
    case convert(WorkerSource, archive: String)

    /// The file or folder.
    var path: String {
        switch self {
        case .examine(let path): path
        case .inspect(let source), .convert(let source, _): source.path
        }
    }
}
