import EMGArchive
import Foundation
import HDF5

/// A lock that one process at a time can hold, on a hidden file beside the one it protects; the
/// system releases it when a process ends, however it does.
struct FileLock {
    private let descriptor: Int32

    /// Waits until the lock is free, and takes it.
    ///
    /// - Throws: `ArchiveError` when the file beside it cannot be made or locked.
    init(beside url: URL) throws(ArchiveError) {
        let file = url.deletingLastPathComponent().appending(
            path: ".\(url.lastPathComponent).lock", directoryHint: .notDirectory)
        let descriptor = unsafe open(
            file.path(percentEncoded: false), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw Self.failure("making the lock", at: file) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let failure = Self.failure("locking", at: file)
                close(descriptor)
                throw failure
            }
        }
        self.descriptor = descriptor
    }

    /// Lets go of the lock.
    func release() {
        close(descriptor)
    }

    private static func failure(_ operation: String, at url: URL) -> ArchiveError {
        ArchiveError(
            .fileSystem(operation: operation, reason: unsafe String(cString: strerror(errno))),
            at: Place(file: url.path(percentEncoded: false)),
            hint: "check that the folder is there and that you may write to it")
    }
}
