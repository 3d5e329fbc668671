internal import Files
internal import Foundation

/// `log.txt` of a run: what happened when, a line each, appended at once.
struct RunLog {
    private let url: URL

    /// Takes the log of a run's folder up, or begins it.
    init(in folder: URL) {
        url = folder.appending(path: "log.txt", directoryHint: .notDirectory)
    }

    /// Appends a line with the time in UTC.
    func append(_ text: String) throws(FilesError) {
        let line = "\(Date().formatted(.iso8601)) \(text.replacing("\n", with: " | "))\n"
        try AppendedFile(url).append(Array(line.utf8))
    }
}
