internal import CHDF5
internal import Foundation
private import HDF5

/// An HDF5 file opened by libhdf5 itself, without the rules of our reader and writer.
///
/// The library's locks are off, as they are for our own files: a child process that another test
/// starts inherits a lock, and holds it for as long as it takes to become another program.
enum ForeignFile {
    /// Opens a file for changes, or creates it when it is not there, and closes it behind `body`.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - isOld: Whether new structures are those of the oldest version.
    ///   - userBlock: The bytes before the first of a new file, 0 or 512 times a power of 2.
    ///   - isEmptied: Whether what the file holds is removed first.
    ///   - body: Is given the file's identifier.
    /// - Returns: What `body` returned.
    static func withFile<Result: Sendable>(
        at url: URL, isOld: Bool = true, userBlock: Int = 0, isEmptied: Bool = false,
        _ body: (hid_t) -> Result
    ) -> Result {
        let path = url.path(percentEncoded: false)
        let exists = !isEmptied && FileManager.default.fileExists(atPath: path)
        return Library.exclusively {
            let access = H5Pcreate(chdf5_file_access())
            chdf5_set_no_file_locking(access)
            if !isOld { H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110) }
            let creation = H5Pcreate(chdf5_file_creation())
            H5Pset_userblock(creation, hsize_t(userBlock))
            let file =
                exists
                ? unsafe H5Fopen(path, chdf5_read_write(), access)
                : unsafe H5Fcreate(path, chdf5_truncate(), creation, access)
            H5Pclose(creation)
            H5Pclose(access)
            precondition(file >= 0, "cannot open \(path)")
            let result = body(file)
            precondition(H5Fclose(file) >= 0, "cannot close \(path)")
            return result
        }
    }
}
