internal import Foundation

/// Hands what was written to the disk, so that it outlasts a loss of power.
enum Durability {
    /// Flushes a file, or the names in a folder.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - operation: Which of the two.
    /// - Throws: ``FilesError`` when the disk does not take it.
    static func flush(_ url: URL, _ operation: FilesError.Operation) throws(FilesError) {
        let descriptor = unsafe open(Folder.path(of: url), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FilesError(operation, errorNumber: errno, at: url)
        }
        defer { close(descriptor) }
        // Some file systems cannot flush a folder and say EINVAL: nothing more can be done there.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw FilesError(operation, errorNumber: errno, at: url)
        }
    }
}
