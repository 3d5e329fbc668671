internal import EMGArchive
internal import Foundation
private import HDF5
private import MachineFaults

/// A file that is written from front to back.
struct OutputFile: ~Copyable {
    private static let bufferBytes = 1 << 20

    private let handle: FileHandle
    private let name: String
    private var buffer: [UInt8] = []

    /// Writes a file whole or not at all.
    ///
    /// - Parameters:
    ///   - url: Where it shall be. Its folder is made when it is missing.
    ///   - body: Writes its bytes.
    /// - Throws: What `body` throws, or ``ExportError`` when the file cannot be written.
    static func write(
        to url: URL, _ body: (inout OutputFile) throws(ExportError) -> Void
    ) throws(ExportError) {
        var failure: ExportError?
        do throws(ArchiveError) {
            try AtomicFile.write(to: url) { (partial) throws(ArchiveError) in
                do throws(ExportError) {
                    var file = try OutputFile(partial, name: url.path(percentEncoded: false))
                    try body(&file)
                    try file.flush()
                } catch {
                    // The file must not get its name; what went wrong is told below.
                    failure = error
                    throw ArchiveError(
                        .fileSystem(operation: "writing", reason: error.description),
                        at: Place(file: url.path(percentEncoded: false)), hint: "")
                }
            }
        } catch {
            throw failure
                ?? ExportError(.storage(error), of: url.path(percentEncoded: false))
        }
    }

    /// Writes a small text file whole or not at all.
    static func write(_ text: String, to url: URL) throws(ExportError) {
        try write(to: url) { (file) throws(ExportError) in
            try file.append(Array(text.utf8))
        }
    }

    private init(_ url: URL, name: String) throws(ExportError) {
        self.name = name
        do {
            handle = try FileHandle(forWritingTo: url)
        } catch {
            throw Self.failure(error, name: name)
        }
    }

    /// Appends bytes.
    mutating func append(_ bytes: [UInt8]) throws(ExportError) {
        buffer += bytes
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    private mutating func flush() throws(ExportError) {
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw Self.failure(error, name: name)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func failure(_ error: any Error, name: String) -> ExportError {
        ExportError(
            .storage(
                ArchiveError(
                    "writing", error, .writing,
                    at: URL(filePath: name, directoryHint: .notDirectory),
                    hint: "check the folder's permissions and free space")),
            of: name)
    }

    deinit {
        // What was flushed is written; nothing is lost when closing fails.
        try? handle.close()
    }
}
