internal import Documents
internal import EMGArchive
internal import Foundation

/// `input.json` of a run: what the windows are that it trains on.
enum RunInput {
    /// Reads the file.
    ///
    /// - Parameter folder: The run's folder.
    /// - Returns: What it says; `nil` for a run of an older version, which has none.
    /// - Throws: `DocumentError` with the place of a fault.
    static func read(in folder: URL) throws(DocumentError) -> InputDescription? {
        let url = folder.appending(path: "input.json")
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            return nil
        }
        return try InputDescription(Document(contentsOf: url))
    }
}
