package import Foundation

/// A file that grows by a record at a time, each there whole or not at all: a log.
package final class AppendedFile: Sendable {
    /// Where the file lies.
    package let url: URL
    private let descriptor: Int32

    /// Opens a file; one that is not there is made.
    ///
    /// - Parameters:
    ///   - url: The file. Its folder is made when it is missing.
    ///   - isNew: Whether it must not be there yet.
    /// - Throws: ``FilesError`` when it cannot be opened, or is there and must not be.
    package init(_ url: URL, isNew: Bool = false) throws(FilesError) {
        try Folder.make(url.deletingLastPathComponent())
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (isNew ? O_EXCL : 0)
        let descriptor = unsafe open(url.path(percentEncoded: false), flags, 0o666)
        guard descriptor >= 0 else { throw FilesError(.makingFile, errorNumber: errno, at: url) }
        self.url = url
        self.descriptor = descriptor
    }

    /// Appends a record.
    ///
    /// - Throws: ``FilesError`` when the disk does not take it; the file then ends before it.
    package func append(_ record: [UInt8]) throws(FilesError) {
        let end = lseek(descriptor, 0, SEEK_END)
        let errorNumber = Descriptor.write(record, to: descriptor)
        guard errorNumber == 0 else {
            // Half a record would hide what is appended later. Should this fail as well, the first
            // error says what is wrong.
            if end >= 0 { _ = ftruncate(descriptor, end) }
            throw FilesError(.writing, errorNumber: errorNumber, at: url)
        }
    }

    /// Hands what was appended, and the file's name, to the disk, so that it outlasts a loss of
    /// power. It may take as long as the disk likes.
    ///
    /// - Throws: ``FilesError`` when the disk does not take it.
    package func flush() throws(FilesError) {
        // Some file systems cannot flush and say EINVAL: nothing more can be done there.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw FilesError(.flushingFile, errorNumber: errno, at: url)
        }
        try Durability.flush(url.deletingLastPathComponent(), .flushingFolder)
    }

    deinit { close(descriptor) }
}
