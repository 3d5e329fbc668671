package import Documents
package import Files
package import Foundation
import Synchronization

/// An edit file that several programs may write at once: none overwrites what it has not seen.
///
/// A change is made under a lock on a file beside it, to what is in the file at that moment, and
/// is on the disk, whole, before it counts. A process that is killed loses its lock and nothing
/// else.
package final class EditStore: Sendable {
    /// The edit file. It need not be there yet.
    package let url: URL
    private let known = Mutex<Known?>(nil)

    /// What was last read, and how to tell whether it is still what the file holds.
    private struct Known: Sendable {
        let stamp: Stamp
        let file: EditFile
    }

    /// Tells one version of a file from another: each is a new file.
    private struct Stamp: Sendable, Hashable {
        let inode: UInt64
        let bytes: Int64
        let seconds: Int
        let nanoseconds: Int
    }

    /// Why a change was not made.
    package enum Refusal: Error, Sendable {
        /// Somebody else made changes since the given revision; what the file holds now.
        case changedMeanwhile(EditFile)
        /// The file cannot be read as an edit file.
        case document(DocumentError)
        /// The file cannot be written.
        case file(FilesError)
    }

    /// Names an edit file.
    package init(_ url: URL) {
        self.url = url
    }

    /// What the file holds now; an empty journal when it is not there.
    ///
    /// - Throws: `DocumentError` when it is no edit file.
    package func current() throws(DocumentError) -> EditFile {
        try known.withLock { (known) throws(DocumentError) in
            guard let stamp = Self.stamp(of: url) else {
                known = nil
                return EditFile(EditJournal(), name: url.lastPathComponent)
            }
            if let known, known.stamp == stamp { return known.file }
            let file = try EditFile(contentsOf: url)
            known = Known(stamp: stamp, file: file)
            return file
        }
    }

    /// Makes a change, if the file still is what the caller has seen.
    ///
    /// - Parameters:
    ///   - revision: The revision that the caller has seen.
    ///   - change: Adds decisions.
    /// - Returns: What the file holds afterwards: it is on the disk.
    /// - Throws: ``Refusal`` when somebody else made changes, or the file cannot be written.
    package func change(
        from revision: Int, _ change: (inout EditJournal) -> Void
    ) throws(Refusal) -> EditFile {
        let lock: ExclusiveLock
        do throws(FilesError) {
            lock = try ExclusiveLock(beside: url)
        } catch {
            throw .file(error)
        }
        defer { withExtendedLifetime(lock) {} }
        let file: EditFile
        do throws(DocumentError) {
            file = try current()
        } catch {
            throw .document(error)
        }
        guard file.journal.revision == revision else { throw .changedMeanwhile(file) }
        var journal = file.journal
        change(&journal)
        do throws(FilesError) {
            try AtomicFile.write(journal.json, to: url)
        } catch {
            throw .file(error)
        }
        do throws(DocumentError) {
            return try current()
        } catch {
            throw .document(error)
        }
    }

    private static func stamp(of url: URL) -> Stamp? {
        var info = stat()
        guard unsafe stat(url.path(percentEncoded: false), &info) == 0 else { return nil }
        #if canImport(Darwin)
            let time = info.st_mtimespec
        #else
            let time = info.st_mtim
        #endif
        return Stamp(
            inode: UInt64(info.st_ino), bytes: Int64(info.st_size), seconds: Int(time.tv_sec),
            nanoseconds: Int(time.tv_nsec))
    }
}
