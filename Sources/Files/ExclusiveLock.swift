package import Foundation

/// A lock that one process at a time can hold, on a folder or beside a file. The system lets go of
/// it when the process ends, however it does; else it is held for as long as this value lives.
package final class ExclusiveLock: Sendable {
    private let descriptor: Int32

    /// Waits until the lock of a file is free, and takes it. It is on a hidden file beside the one
    /// that it protects, which so can be replaced.
    ///
    /// - Parameter file: The file. It need not be there, its folder must.
    /// - Throws: ``FilesError`` when the lock cannot be made or taken.
    package init(beside file: URL) throws(FilesError) {
        let url = file.deletingLastPathComponent().appending(
            path: ".\(file.lastPathComponent).lock", directoryHint: .notDirectory)
        descriptor = unsafe open(
            url.path(percentEncoded: false), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw Self.failure(.makingLock, at: url) }
        let errorNumber = Self.take(descriptor, LOCK_EX)
        guard errorNumber == 0 else {
            throw FilesError(.locking, errorNumber: errorNumber, at: url)
        }
    }

    /// Waits until the lock of a folder is free, and takes it.
    ///
    /// Where the file system knows no locks nothing is held.
    ///
    /// - Parameter folder: The folder; it must be there.
    /// - Throws: ``FilesError`` when the folder cannot be opened.
    package init(waitingFor folder: URL) throws(FilesError) {
        descriptor = try Self.opened(folder)
        _ = Self.take(descriptor, LOCK_EX)
    }

    /// Takes the lock of a folder unless another process has it; there is none then.
    ///
    /// Where the file system knows no locks nothing is held.
    ///
    /// - Parameter folder: The folder; it must be there.
    /// - Throws: ``FilesError`` when the folder cannot be opened.
    package init?(of folder: URL) throws(FilesError) {
        descriptor = try Self.opened(folder)
        guard Self.take(descriptor, LOCK_EX | LOCK_NB) != EWOULDBLOCK else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private static func opened(_ folder: URL) throws(FilesError) -> Int32 {
        let descriptor = unsafe open(
            Folder.path(of: folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(.locking, at: folder) }
        return descriptor
    }

    /// - Returns: 0, or what `errno` was.
    private static func take(_ descriptor: Int32, _ operation: Int32) -> Int32 {
        while flock(descriptor, operation) != 0 {
            guard errno == EINTR else { return errno }
        }
        return 0
    }

    private static func failure(_ operation: FilesError.Operation, at url: URL) -> FilesError {
        FilesError(operation, errorNumber: errno, at: url)
    }
}
