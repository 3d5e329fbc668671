import EMGArchive
import Foundation
import MachineFaults

/// A file that is written piece by piece and is there whole or not at all.
struct PiecewiseFile {
    private let handle: FileHandle
    private let url: URL

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - url: Where it shall be.
    ///   - body: Appends its pieces.
    /// - Throws: What `body` throws, or `ArchiveError` when the file cannot be written.
    static func write(
        to url: URL, _ body: (PiecewiseFile) throws(ArchiveError) -> Void
    ) throws(ArchiveError) {
        try AtomicFile.write(to: url) { (partial) throws(ArchiveError) in
            let handle: FileHandle
            do {
                handle = try FileHandle(forWritingTo: partial)
            } catch {
                throw failure(error, url)
            }
            try body(PiecewiseFile(handle: handle, url: url))
            do {
                try handle.close()
            } catch {
                throw failure(error, url)
            }
        }
    }

    /// Adds bytes at the end.
    ///
    /// - Throws: `ArchiveError` when they cannot be written.
    func append(_ data: Data) throws(ArchiveError) {
        do {
            try handle.write(contentsOf: data)
        } catch {
            throw Self.failure(error, url)
        }
    }

    private static func failure(_ error: any Error, _ url: URL) -> ArchiveError {
        ArchiveError(
            "writing", error, .writing, at: url,
            hint: "check the folder's permissions and free space")
    }
}
