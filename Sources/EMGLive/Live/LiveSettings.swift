package import Decoding
package import Documents
package import EMGArchive
package import Foundation

/// What a live page is about and where its results go.
package struct LiveSettings: Sendable {
    /// The decoder.
    package var bundle: DecoderBundle
    /// What it is called.
    package var bundleName: String
    /// Where recordings go.
    package var archive: RecordingArchive
    /// Where raw streams of sessions go.
    package var sessions: SessionFolder
    /// Where logs of target tasks go.
    package var logs: URL
    /// What sessions ask for, unless the page says otherwise.
    package var session: SessionProtocol
    /// The pictures of its movements that are files, by their paths.
    package var pictures: [String: SessionPictureFile] = [:]
    /// When the decoder learns.
    package var policy = AdaptationPolicy.repetition
    /// Where the files of sessions are made.
    package var disk: any RecordingDisk = LocalDisk()
    /// How the stream becomes the bundle's input.
    package var stream = StreamSettings()
    /// The kinds that packages outside have added.
    package var kinds = Kinds()

    /// Creates settings with results beside an archive.
    ///
    /// - Parameters:
    ///   - bundle: The decoder.
    ///   - bundleName: What it is called.
    ///   - archive: The folder of the archive; `NAME-sessions` beside it takes the raw streams, and
    ///     `NAME-control` the logs of target tasks.
    package init(bundle: DecoderBundle, bundleName: String, archive: URL) {
        self.bundle = bundle
        self.bundleName = bundleName
        self.archive = RecordingArchive(folder: archive)
        let beside = archive.deletingLastPathComponent()
        let name = archive.lastPathComponent
        sessions = SessionFolder(
            beside.appending(path: "\(name)-sessions", directoryHint: .isDirectory))
        logs = beside.appending(path: "\(name)-control", directoryHint: .isDirectory)
        session = SessionProtocol(classNames: bundle.classNames)
    }
}
