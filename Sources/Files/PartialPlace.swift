internal import Foundation
private import Synchronization

/// The hidden name `.<name>.<process>-<machine>.partial` under which a file or folder is written
/// before it gets its own, held for as long as this value lives.
struct PartialPlace: ~Copyable {
    /// How such names end.
    static let suffix = ".partial"

    /// Where the bytes go for now.
    let url: URL
    /// Where they should be.
    let destination: URL

    /// The places that this process is writing to: after a restart, an old one may carry the
    /// same process number, and two threads must not write one file.
    private static let inProgress = Mutex<Set<String>>([])

    /// Takes the name. The folder is made when it is missing.
    ///
    /// - Parameters:
    ///   - destination: The file or folder.
    ///   - hint: Which of the two.
    /// - Throws: ``FilesError`` when the folder cannot be made or this process writes there.
    init(for destination: URL, _ hint: URL.DirectoryHint) throws(FilesError) {
        let folder = destination.deletingLastPathComponent()
        try Folder.make(folder)
        let process = WritingProcess.current.text
        let url = folder.appending(
            path: ".\(destination.lastPathComponent).\(process)\(Self.suffix)",
            directoryHint: hint)
        guard Self.inProgress.withLock({ $0.insert(Self.key(url)).inserted }) else {
            throw FilesError(
                .busy, at: destination.path(percentEncoded: false),
                hint: "two inputs give the same file: write them one after the other")
        }
        self.url = url
        self.destination = destination
    }

    deinit { _ = Self.inProgress.withLock { $0.remove(Self.key(url)) } }

    /// Marks an open file or folder as being written, also for other machines.
    ///
    /// Where there are no locks, the process number alone must tell who is alive. libhdf5 can be
    /// asked to lock by itself, and two locks of one file exclude each other.
    static func mark(_ descriptor: Int32) {
        let setting = ProcessInfo.processInfo.environment["HDF5_USE_FILE_LOCKING"]
        if setting != "TRUE", setting != "1" { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
    }

    /// How long ago a process of another machine wrote last, in seconds, before it counts as gone.
    static let patience = 86_400.0

    /// Whether a file or folder is a partial one that nobody is writing.
    ///
    /// A process on another machine that shares the folder looks dead from here, but it holds a
    /// lock on the file: what is locked stays. Shared file systems need not show the locks of other
    /// machines, so what such a process wrote to within a day stays, too.
    static func isStale(_ url: URL) -> Bool {
        let name = url.lastPathComponent
        guard name.hasPrefix("."), name.hasSuffix(suffix),
            let process = name.dropLast(suffix.count).split(separator: ".").last
                .flatMap({ WritingProcess($0) })
        else { return false }
        if process.hasOwnNumber {
            guard !inProgress.withLock({ $0.contains(key(url)) }) else { return false }
        } else if process.isHere {
            guard !process.isAlive else { return false }
        } else {
            guard hasRested(url) else { return false }
        }
        let descriptor = unsafe open(Folder.path(of: url), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
    }

    /// Whether nobody has written to a file, or made anything in a folder, for a long time.
    private static func hasRested(_ url: URL) -> Bool {
        var status = stat()
        guard unsafe lstat(Folder.path(of: url), &status) == 0 else { return false }
        #if canImport(Darwin)
            let written = status.st_mtimespec.tv_sec
        #else
            let written = status.st_mtim.tv_sec
        #endif
        return Date().timeIntervalSince1970 - Double(written) > patience
    }

    private static func key(_ url: URL) -> String {
        Folder.path(
            of: url.deletingLastPathComponent().resolvingSymlinksInPath().appending(
                path: url.lastPathComponent))
    }
}
