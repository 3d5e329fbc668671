public import EMGBatch
public import Foundation

/// Where an experiment is worked on, and how.
public struct PipelineWorkspace: Sendable {
    /// The folder of everything that is made.
    public let folder: URL
    /// How many threads work, at least 1.
    public let threads: Int
    /// How to start processes for formats whose parsers are native libraries; `nil` for none.
    public let worker: (@Sendable (ConvertSettings, URL) -> WorkerCommand?)?

    /// Creates a place.
    ///
    /// - Parameters:
    ///   - folder: The folder of everything that is made.
    ///   - threads: How many threads work, at least 1.
    ///   - worker: How to start processes for formats whose parsers are native libraries, by the
    ///     settings and the archive that is written.
    public init(
        folder: URL, threads: Int,
        worker: (@Sendable (ConvertSettings, URL) -> WorkerCommand?)? = nil
    ) {
        self.folder = folder
        self.threads = threads
        self.worker = worker
    }

    /// The folder of the runs.
    var runs: URL { folder.appending(path: "runs", directoryHint: .isDirectory) }
}
