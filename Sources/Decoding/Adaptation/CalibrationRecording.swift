private import EMGArchive
package import EMGSignal
package import Foundation

/// A recording that a decoder is adapted to: a file, or what is being recorded.
package enum CalibrationRecording: Sendable {
    /// A file of an archive.
    case file(URL)
    /// A recording in memory.
    case recording(Recording)

    /// Where it is, for messages.
    var place: String {
        switch self {
        case .file(let url): url.path(percentEncoded: false)
        case .recording(let recording): recording.identity.id
        }
    }

    /// Reads it.
    ///
    /// - Returns: The recording.
    /// - Throws: `ArchiveError` for a file that is damaged.
    func read() throws -> Recording {
        switch self {
        case .file(let url): try RecordingFile.read(url)
        case .recording(let recording): recording
        }
    }
}
