private import CFileExchange
package import Foundation

/// Puts a whole folder in the place of another one.
///
/// Where the file system can exchange two names (`renameat2` on Linux: ext4, XFS, btrfs, tmpfs,
/// overlayfs; `renamex_np` on macOS: APFS), there is no moment without a whole folder. Elsewhere
/// (NFS, FAT, some FUSE) the old one is put aside as `.<name>.replaced` first; a process that is
/// killed right then leaves no folder of that name, and ``settle(_:)`` of the next one puts the
/// old one back.
package enum FolderReplacement {
    /// Gives a folder the name of another one.
    ///
    /// - Parameters:
    ///   - new: The folder.
    ///   - destination: Its name. The folder that has it gets the name of `new` where names can
    ///     be exchanged, and is removed where they cannot.
    ///   - exchange: Exchanges two names: 0, or the error number.
    /// - Throws: ``FilesError`` when that fails; the old folder then has its name.
    package static func put(
        _ new: URL, in destination: URL,
        exchange: (String, String) -> Int32 = { unsafe myotask_exchange($0, $1) }
    ) throws(FilesError) {
        let (from, to) = (Folder.path(of: new), Folder.path(of: destination))
        switch exchange(from, to) {
        case 0: return
        // Nothing has the name yet. A folder with something in it that comes meanwhile is kept.
        case ENOENT: try move(from, to, destination)
        case ENOTSUP: try putAside(from, to, destination)
        case let errorNumber:
            throw FilesError(.renaming, errorNumber: errorNumber, at: destination)
        }
    }

    /// Ends what a process that was killed began: puts the folder back that it had put aside.
    ///
    /// - Parameter destination: The folder's name.
    /// - Throws: ``FilesError`` when the folder that is aside cannot be moved or removed.
    package static func settle(_ destination: URL) throws(FilesError) {
        let (aside, place) = (aside(destination), Folder.path(of: destination))
        guard isThere(aside) else { return }
        if isThere(place) {
            try remove(aside, destination)
        } else {
            try move(aside, place, destination)
        }
    }

    private static func putAside(
        _ from: String, _ to: String, _ destination: URL
    ) throws(FilesError) {
        let aside = aside(destination)
        guard isThere(to) else { return try move(from, to, destination) }
        try move(to, aside, destination)
        do throws(FilesError) {
            try move(from, to, destination)
        } catch {
            // Should that fail as well, the next process settles it.
            _ = unsafe rename(aside, to)
            throw error
        }
        try remove(aside, destination)
    }

    private static func move(
        _ from: String, _ to: String, _ destination: URL
    ) throws(FilesError) {
        guard unsafe rename(from, to) == 0 else {
            throw FilesError(.renaming, errorNumber: errno, at: destination)
        }
    }

    private static func remove(_ path: String, _ destination: URL) throws(FilesError) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw FilesError(.removing, error, at: destination)
        }
    }

    private static func aside(_ destination: URL) -> String {
        Folder.path(
            of: destination.deletingLastPathComponent().appending(
                path: ".\(destination.lastPathComponent).replaced"))
    }

    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }
}
