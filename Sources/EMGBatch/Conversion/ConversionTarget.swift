public import EMGArchive
internal import EMGIngest
internal import EMGSignal
internal import Foundation

/// Where converted recordings go.
public enum ConversionTarget: Sendable {
    /// Into an archive.
    case archive(RecordingArchive)

    /// The folder that everything is written into.
    var folder: URL {
        switch self {
        case .archive(let archive): archive.folder
        }
    }

    /// Whether a recording is there already, made from the same bytes in the same way.
    func isUpToDate(_ source: RecordingSource, options: ReadOptions) throws -> Bool {
        switch self {
        case .archive(let archive):
            let url = archive.url(for: source.identity)
            guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
                return false
            }
            let present: RecordingHeader
            do {
                present = try RecordingFile.readHeader(url)
            } catch {
                // What cannot be read is worth nothing: it is written again.
                return false
            }
            guard present.identity == source.identity, present.software == SoftwareVersion.text,
                present.source.name == source.url.lastPathComponent,
                present.history.contains(where: options.arePartOf)
            else { return false }
            return try source.sha256() == present.source.sha256
        }
    }

    /// Writes a recording, whole or not at all.
    func write(
        _ recording: IngestedRecording, threads: Int, progress: (Double) -> Void
    ) throws {
        switch self {
        case .archive(let archive):
            try withoutActuallyEscaping(progress) { progress in
                let rows = ObservedRows(recording.rows, progress: progress)
                try archive.write(recording.header, rows: rows, threads: threads)
            }
        }
    }
}
