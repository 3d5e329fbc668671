private import Digests
private import Documents
private import ErrorReports
private import Files
internal import Foundation

/// SHA-256 digests of files, remembered with size, time and number of the file, so that a file
/// that was not touched is not read again.
struct FileDigests {
    private struct Entry: Hashable {
        let stamp: String
        let sha256: String
    }

    private let store: URL
    private var entries: [String: Entry] = [:]
    private var hasChanged = false

    private init(store: URL) { self.store = store }

    /// Reads what was remembered; a store that cannot be read is as good as none.
    static func read(storedAt url: URL) -> FileDigests {
        var digests = FileDigests(store: url)
        guard let document = try? Document(contentsOf: url),
            let members = try? document.cursor.object().entries
        else { return digests }
        for (path, cursor) in members {
            guard let values = try? cursor.array(), values.count == 2,
                let stamp = try? values[0].string(), let sha256 = try? values[1].string()
            else { continue }
            digests.entries[path] = Entry(stamp: stamp, sha256: sha256)
        }
        return digests
    }

    /// Writes down what is known now.
    mutating func save() throws {
        guard hasChanged else { return }
        let text = DocumentValue.object(
            sorted: entries.mapValues { .strings([$0.stamp, $0.sha256]) }
        ).json(.indented(onOneLine: ["*"]))
        try AtomicFile.write(text, to: store)
        hasChanged = false
    }

    /// The digest of files and folders: of the path and the contents of every file in them.
    ///
    /// Hidden files, and so those that are being written, do not count.
    ///
    /// - Parameter places: Files and folders; one that is not there counts as empty.
    /// - Returns: The digest, and how many files there are.
    /// - Throws: ``ExperimentError`` when a file cannot be read, `FilesError` when a folder cannot be
    ///   listed.
    mutating func digest(of places: [URL]) throws -> (sha256: String, fileCount: Int) {
        var lines: [String] = []
        for place in places {
            for (name, url) in try Self.files(in: place) {
                lines.append("\(name)\t\(try digest(of: url))\n")
            }
            lines.append("\n")
        }
        return (SHA256.digest(of: Array(lines.joined().utf8)), lines.count - places.count)
    }

    private mutating func digest(of file: URL) throws -> String {
        let path = file.path(percentEncoded: false)
        let stamp = try Self.stamp(of: path)
        if let entry = entries[path], entry.stamp == stamp { return entry.sha256 }
        let handle: FileHandle
        do {
            handle = try FileHandle(forReadingFrom: file)
        } catch {
            throw ExperimentError(
                .inputOutput(reason: "cannot be read: \(SystemReason.of(error))"), at: path)
        }
        defer { handle.closeFile() }
        var hash = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(piece.bytes)
        }
        let sha256 = hash.finish()
        entries[path] = Entry(stamp: stamp, sha256: sha256)
        hasChanged = true
        return sha256
    }

    /// The files below a place in order of their names, with their paths in it.
    private static func files(in place: URL) throws -> [(name: String, url: URL)] {
        guard FileManager.default.fileExists(atPath: place.path(percentEncoded: false)) else {
            return []
        }
        guard Folder.exists(at: place) else { return [(place.lastPathComponent, place)] }
        // Links are followed as the search for recordings does it: to files.
        return try Folder.subpaths(of: place).filter { name in
            !name.hasPrefix(".") && !name.contains("/.")
        }.sorted().compactMap { name in
            let url = place.appending(path: name, directoryHint: .notDirectory)
            let isThere = FileManager.default.fileExists(atPath: url.path(percentEncoded: false))
            return isThere && !Folder.exists(at: url) ? (name, url) : nil
        }
    }

    private static func stamp(of path: String) throws(ExperimentError) -> String {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw ExperimentError(
                .inputOutput(reason: unsafe String(cString: strerror(errno))), at: path)
        }
        #if os(Linux)
            let time = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        #else
            let time = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
        #endif
        return "\(status.st_size) \(time.0).\(time.1) \(status.st_ino)"
    }
}
