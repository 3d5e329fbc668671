internal import Foundation

/// Holds a folder for this process, so that no two work on one run.
///
/// Where the file system knows no locks nothing is held.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// There is none when another process has it.
    ///
    /// - Parameters:
    ///   - folder: The folder; it must be there.
    ///   - waits: Whether to wait for the process that has it.
    init?(_ folder: URL, waits: Bool = false) {
        descriptor = unsafe open(
            folder.path(percentEncoded: false), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return nil
            default: return
            }
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
