package import Documents
package import EMGBatch
package import EMGIngest
package import Foundation

/// Where an experiment is worked on, and how.
package struct PipelineWorkspace: Sendable {
    /// The folder of everything that is made.
    package let folder: URL
    /// How many threads work, at least 1.
    package let threads: Int
    /// The kinds that packages outside have added.
    package let kinds: Kinds
    /// The formats that recordings are read in.
    package let readers: ReaderRegistry
    /// How to start processes for formats whose parsers are native libraries; `nil` for none.
    package let worker: (@Sendable (ConvertSettings, URL) -> WorkerCommand?)?

    /// Creates a place.
    ///
    /// - Parameters:
    ///   - folder: The folder of everything that is made.
    ///   - threads: How many threads work, at least 1.
    ///   - kinds: The kinds that packages outside have added.
    ///   - readers: The formats that recordings are read in.
    ///   - worker: How to start processes for formats whose parsers are native libraries, by the
    ///     settings and the archive that is written.
    package init(
        folder: URL, threads: Int, kinds: Kinds = Kinds(), readers: ReaderRegistry = .standard,
        worker: (@Sendable (ConvertSettings, URL) -> WorkerCommand?)? = nil
    ) {
        self.folder = folder
        self.threads = threads
        self.kinds = kinds
        self.readers = readers
        self.worker = worker
    }

    /// The folder of the runs.
    var runs: URL { folder.appending(path: "runs", directoryHint: .isDirectory) }
}
