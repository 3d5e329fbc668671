public import Foundation
private import HDF5
private import MachineFaults
private import Synchronization

/// Writing files so that, whenever the program is stopped, each is there whole or not at all.
///
/// A file is written under the name `.<name>.<process>.partial` in its own folder, flushed to
/// the disk, and then renamed; the folder is flushed too. A process that is killed leaves such a
/// partial behind, which ``sweepStale(in:)`` of any later run removes.
public enum AtomicFile {
    /// Writes a file.
    ///
    /// - Parameters:
    ///   - url: Where it shall be. Its folder is made when it is missing.
    ///   - body: Writes the partial file at the URL it is given.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or ``ArchiveError`` when a step on the way fails; nothing is
    ///   left behind then.
    public static func write<Result>(
        to url: URL, _ body: (URL) throws(ArchiveError) -> Result
    ) throws(ArchiveError) -> Result {
        let partial = try PartialFile(for: url)
        let result = try body(partial.url)
        try partial.commit()
        return result
    }

    /// Writes a file of given bytes.
    ///
    /// - Parameters:
    ///   - bytes: All of its bytes.
    ///   - url: Where it shall be. Its folder is made when it is missing.
    /// - Throws: ``ArchiveError`` when it cannot be written; nothing is left behind then.
    public static func write(_ bytes: [UInt8], to url: URL) throws(ArchiveError) {
        try write(to: url) { (partial) throws(ArchiveError) in
            do {
                try Data(bytes).write(to: partial)
            } catch {
                throw ArchiveError(
                    "writing", error, .writing, at: url,
                    hint: "check the folder's permissions and free space")
            }
        }
    }

    /// Removes the partial files of processes that no longer live.
    ///
    /// - Parameter folder: Searched with all folders below it. Links are not followed.
    /// - Returns: The files that were removed, in order of their paths.
    /// - Throws: ``ArchiveError`` when the folder cannot be searched or a file not be removed.
    @discardableResult
    public static func sweepStale(in folder: URL) throws(ArchiveError) -> [URL] {
        do {
            var removed: [URL] = []
            for path in try FileManager.default.subpathsOfDirectory(
                atPath: folder.path(percentEncoded: false)
            ).sorted() where path.hasSuffix(PartialFile.suffix) {
                let url = folder.appending(path: path, directoryHint: .notDirectory)
                guard PartialFile.isStale(url) else { continue }
                try FileManager.default.removeItem(at: url)
                removed.append(url)
            }
            return removed
        } catch {
            throw ArchiveError(
                "looking for partial files", error, .writing, at: folder,
                hint: "check the folder's path and permissions")
        }
    }

    /// Removes the partial files of one file that processes which no longer live left beside it.
    static func sweepStale(of destination: URL) {
        let folder = destination.deletingLastPathComponent()
        let prefix = ".\(destination.lastPathComponent)."
        // A folder that cannot be listed or a file that cannot be removed is no reason not to
        // write: writing itself says what is wrong.
        let names =
            (try? FileManager.default.contentsOfDirectory(
                atPath: folder.path(percentEncoded: false))) ?? []
        for name in names where name.hasPrefix(prefix) && name.hasSuffix(PartialFile.suffix) {
            let url = folder.appending(path: name, directoryHint: .notDirectory)
            if PartialFile.isStale(url) { try? FileManager.default.removeItem(at: url) }
        }
    }
}

/// A file on its way: it is renamed by ``commit()`` or removed when it goes out of use.
struct PartialFile: ~Copyable {
    /// How the names of such files end.
    static let suffix = ".partial"

    /// Where the bytes go for now.
    let url: URL
    private let destination: URL
    /// The file, open and locked for as long as it is being written.
    private let descriptor: Int32

    /// The partial files that this process is writing: after a restart, an old one may carry the
    /// same process number, and two threads must not write one file.
    private static let inProgress = Mutex<Set<String>>([])

    init(for destination: URL) throws(ArchiveError) {
        let folder = destination.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true)
        } catch {
            throw ArchiveError(
                "making the folder", error, .writing, at: folder,
                hint: "check that no file is in the way and that you may write there")
        }
        let process = ProcessInfo.processInfo.processIdentifier
        let url = folder.appending(
            path: ".\(destination.lastPathComponent).\(process)\(Self.suffix)",
            directoryHint: .notDirectory)
        guard Self.inProgress.withLock({ $0.insert(Self.key(url)).inserted }) else {
            throw ArchiveError(
                .busy, at: Place(file: destination.path(percentEncoded: false)),
                hint: "two inputs give the same file: write them one after the other")
        }
        let descriptor = unsafe open(
            url.path(percentEncoded: false), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else {
            let failure = Self.failure("making the file", at: destination)
            _ = Self.inProgress.withLock { $0.remove(Self.key(url)) }
            throw failure
        }
        // Where there are no locks, the process number alone must tell who is alive. libhdf5 can
        // be told to lock by itself, and two locks of one file exclude each other.
        let setting = ProcessInfo.processInfo.environment["HDF5_USE_FILE_LOCKING"]
        if setting != "TRUE", setting != "1" { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
        self.url = url
        self.destination = destination
        self.descriptor = descriptor
    }

    /// Flushes the file to the disk and gives it its name.
    consuming func commit() throws(ArchiveError) {
        try Self.flush(url, "flushing the file")
        guard
            unsafe rename(url.path(percentEncoded: false), destination.path(percentEncoded: false))
                == 0
        else { throw Self.failure("renaming", at: destination) }
        try Self.flush(url.deletingLastPathComponent(), "flushing the folder")
    }

    deinit {
        // After a commit there is nothing under this name; otherwise it must go, and a failure
        // to remove it leaves what the next sweep finds.
        unsafe unlink(url.path(percentEncoded: false))
        close(descriptor)
        _ = Self.inProgress.withLock { $0.remove(Self.key(url)) }
    }

    /// Whether a file is a partial that nobody is writing.
    ///
    /// A process on another machine that shares the folder looks dead from here, but it holds a
    /// lock on the file: what is locked stays.
    static func isStale(_ url: URL) -> Bool {
        let name = url.lastPathComponent
        guard name.hasPrefix("."), name.hasSuffix(suffix),
            let process = name.dropLast(suffix.count).split(separator: ".").last
                .flatMap({ pid_t($0) }), process > 0
        else { return false }
        if process == ProcessInfo.processInfo.processIdentifier {
            guard !inProgress.withLock({ $0.contains(key(url)) }) else { return false }
        } else {
            guard kill(process, 0) != 0, errno == ESRCH else { return false }
        }
        let descriptor = unsafe open(
            url.path(percentEncoded: false), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
    }

    private static func key(_ url: URL) -> String {
        url.deletingLastPathComponent().resolvingSymlinksInPath().appending(
            path: url.lastPathComponent
        ).path(percentEncoded: false)
    }

    private static func flush(_ url: URL, _ operation: String) throws(ArchiveError) {
        let descriptor = unsafe open(url.path(percentEncoded: false), O_RDONLY)
        guard descriptor >= 0 else { throw failure(operation, at: url) }
        defer { close(descriptor) }
        // Some file systems cannot flush a folder and say EINVAL: nothing more can be done there.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(operation, at: url) }
    }

    private static func failure(_ operation: String, at url: URL) -> ArchiveError {
        ArchiveError(
            operation, errorNumber: errno, .writing, at: url,
            hint: "check the folder's permissions and free space")
    }
}
