internal import EMGArchive
internal import Foundation
private import MachineFaults

/// `log.txt` of a run: what happened when, a line each, appended at once.
struct RunLog {
    private let url: URL

    /// Takes the log of a run's folder up, or begins it.
    init(in folder: URL) {
        url = folder.appending(path: "log.txt", directoryHint: .notDirectory)
    }

    /// Appends a line with the time in UTC.
    func append(_ text: String) throws(ArchiveError) {
        let line = "\(Date().formatted(.iso8601)) \(text.replacing("\n", with: " | "))\n"
        do {
            let path = url.path(percentEncoded: false)
            if !FileManager.default.fileExists(atPath: path) { try Data().write(to: url) }
            let handle = try FileHandle(forWritingTo: url)
            defer { handle.closeFile() }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(line.utf8))
        } catch {
            throw ArchiveError(
                "writing", error, .writing, at: url,
                hint: "check the folder's permissions and the space left on the disk")
        }
    }
}
