import EMGArchive
import Foundation
import HDF5

/// A file that is written piece by piece and is there whole or not at all.
struct PiecewiseFile {
    private let handle: FileHandle
    private let path: String

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
            let path = url.path(percentEncoded: false)
            let handle: FileHandle
            do {
                handle = try FileHandle(forWritingTo: partial)
            } catch {
                throw failure("\(error)", path)
            }
            try body(PiecewiseFile(handle: handle, path: path))
            do {
                try handle.close()
            } catch {
                throw failure("\(error)", path)
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
            throw Self.failure("\(error)", path)
        }
    }

    private static func failure(_ reason: String, _ path: String) -> ArchiveError {
        ArchiveError(
            .fileSystem(operation: "writing", reason: reason), at: Place(file: path),
            hint: "check the folder's permissions and free space")
    }
}
