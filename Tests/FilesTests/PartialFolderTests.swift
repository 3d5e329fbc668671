import Files
import Foundation
import TestSupport
import Testing

/// A folder of two files that belong together: a mixture of two versions shows.
enum VersionedFolder {
    static func fill(_ folder: URL, version: String) throws(FilesError) {
        try AtomicFile.write(version, to: folder.appending(path: "a.txt"))
        try AtomicFile.write(version, to: folder.appending(path: "below/b.txt"))
    }

    /// The version in a folder; `nil` when it is not whole.
    static func version(of folder: URL) -> String? {
        let texts = ["a.txt", "below/b.txt"].map {
            try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        }
        return texts[0] == texts[1] ? texts[0] : nil
    }

    static func write(_ version: String, to folder: URL) throws {
        let partial = try PartialFolder(for: folder)
        try partial.fill { (folder) throws(FilesError) in
            try fill(folder, version: version)
        }
        try partial.replace()
    }
}

@Suite("Atomic folders")
struct PartialFolderTests {
    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            .sorted()
    }

    @Test("a folder is there with its contents, in folders that need not be there, or not at all")
    func making() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a b/run", directoryHint: .isDirectory)
        let partial = try PartialFolder(for: url)
        try partial.fill { (inside) throws(FilesError) in
            try VersionedFolder.fill(inside, version: "one")
            #expect(!Folder.exists(at: url))
        }
        try partial.commit()
        #expect(VersionedFolder.version(of: url) == "one")
        #expect(try names(in: url.deletingLastPathComponent()) == ["run"])
    }

    @Test("a new folder takes no name that a folder with files has, and nothing is left behind")
    func taken() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "run", directoryHint: .isDirectory)
        try VersionedFolder.write("old", to: url)
        let error = #expect(throws: FilesError.self) {
            let partial = try PartialFolder(for: url)
            try partial.fill { (inside) throws(FilesError) in
                try VersionedFolder.fill(inside, version: "new")
            }
            try partial.commit()
        }
        guard case .fileSystem(.makingFolder, _)? = error?.kind else {
            Issue.record("unexpected \(String(describing: error))")
            return
        }
        #expect(error?.location == Folder.path(of: url))
        #expect(VersionedFolder.version(of: url) == "old")
        #expect(try names(in: folder.url) == ["run"])
    }

    @Test("a fault while a folder is filled names the place where it would have been")
    func places() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "run", directoryHint: .isDirectory)
        let error = #expect(throws: FilesError.self) {
            let partial = try PartialFolder(for: url)
            try partial.fill { (inside) throws(FilesError) in
                try AtomicFile.write("a", to: inside.appending(path: "file"))
                try AtomicFile.write("b", to: inside.appending(path: "file/below"))
            }
        }
        #expect(error?.location.hasPrefix(Folder.path(of: url) + "/file") == true)
        #expect(try names(in: folder.url).isEmpty)
    }

    @Test("a folder is replaced whole, and what a killed process left of it goes")
    func replacing() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "archive", directoryHint: .isDirectory)
        let left = folder.url.appending(path: ".archive.99999999.partial/p1")
        try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
        for version in ["one", "two", "three"] {
            try VersionedFolder.write(version, to: url)
            #expect(VersionedFolder.version(of: url) == version)
        }
        #expect(try names(in: folder.url) == ["archive"])
    }

    @Test("a link to a folder is replaced, not the folder that it leads to")
    func links() throws {
        let folder = try TemporaryFolder()
        let (real, link) = (folder.url.appending(path: "real"), folder.url.appending(path: "link"))
        try VersionedFolder.write("old", to: real)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
        try VersionedFolder.write("new", to: link)
        #expect(VersionedFolder.version(of: link) == "new")
        #expect(VersionedFolder.version(of: real) == "old")
        #expect(try names(in: folder.url) == ["link", "real"])
    }

    @Test("a process that is killed while it fills a folder leaves the old one")
    func killedWhileFilling() async throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "archive")
        try VersionedFolder.write("old", to: url)
        let path = url.path(percentEncoded: false)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let partial = try PartialFolder(for: URL(filePath: path))
            try partial.fill { (inside) throws(FilesError) in
                try AtomicFile.write("new", to: inside.appending(path: "a.txt"))
                kill(getpid(), SIGKILL)
            }
        }
        #expect(VersionedFolder.version(of: url) == "old")
        try StaleFiles.sweep(in: folder.url)
        #expect(try names(in: folder.url) == ["archive"])
    }

    @Test("a process that is killed between the exchange and the end leaves the new folder")
    func killedAfterExchange() async throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "archive")
        try VersionedFolder.write("old", to: url)
        let path = url.path(percentEncoded: false)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let url = URL(filePath: path)
            let partial = try PartialFolder(for: url)
            try partial.fill { (inside) throws(FilesError) in
                try VersionedFolder.fill(inside, version: "new")
            }
            try FolderReplacement.put(partial.url, in: url)
            kill(getpid(), SIGKILL)
        }
        #expect(VersionedFolder.version(of: url) == "new")
        try StaleFiles.sweep(in: folder.url)
        #expect(try names(in: folder.url) == ["archive"])
    }
}

@Suite("Replacing folders where names cannot be exchanged")
struct FolderReplacementTests {
    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            .sorted()
    }

    @Test("the old folder is put aside, and is gone afterwards")
    func replacing() throws {
        let folder = try TemporaryFolder()
        let (new, old) = (folder.url.appending(path: "new"), folder.url.appending(path: "archive"))
        try VersionedFolder.write("new", to: new)
        try FolderReplacement.put(new, in: old) { _, _ in ENOTSUP }
        #expect(VersionedFolder.version(of: old) == "new")
        try VersionedFolder.write("newer", to: new)
        try FolderReplacement.put(new, in: old) { _, _ in ENOTSUP }
        #expect(VersionedFolder.version(of: old) == "newer")
        #expect(try names(in: folder.url) == ["archive"])
    }

    @Test("an error of the file system leaves the old folder", arguments: [EACCES, EIO, EROFS])
    func failing(errorNumber: Int32) throws {
        let folder = try TemporaryFolder()
        let (new, old) = (folder.url.appending(path: "new"), folder.url.appending(path: "archive"))
        try VersionedFolder.write("new", to: new)
        try VersionedFolder.write("old", to: old)
        #expect(throws: FilesError.self) {
            try FolderReplacement.put(new, in: old) { _, _ in errorNumber }
        }
        #expect(VersionedFolder.version(of: old) == "old")
    }

    @Test("a new folder that cannot be moved leaves the old one under its name")
    func missing() throws {
        let folder = try TemporaryFolder()
        let old = folder.url.appending(path: "archive")
        try VersionedFolder.write("old", to: old)
        #expect(throws: FilesError.self) {
            try FolderReplacement.put(folder.url.appending(path: "none"), in: old) { _, _ in
                ENOTSUP
            }
        }
        #expect(VersionedFolder.version(of: old) == "old")
        #expect(try names(in: folder.url) == ["archive"])
    }

    @Test("what a process that was killed between the two moves had put aside comes back")
    func killedBetweenMoves() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "archive", directoryHint: .isDirectory)
        try VersionedFolder.write("old", to: folder.url.appending(path: ".archive.replaced"))
        do {
            // The next process that replaces the folder, and is stopped by an error.
            let partial = try PartialFolder(for: url)
            #expect(Folder.exists(at: partial.url))
        }
        #expect(VersionedFolder.version(of: url) == "old")
        #expect(try names(in: folder.url) == ["archive"])
    }

    @Test("what a process that was killed after the two moves had put aside goes")
    func killedAfterMoves() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "archive", directoryHint: .isDirectory)
        try VersionedFolder.write("new", to: url)
        try VersionedFolder.write("old", to: folder.url.appending(path: ".archive.replaced"))
        try FolderReplacement.settle(url)
        #expect(VersionedFolder.version(of: url) == "new")
        #expect(try names(in: folder.url) == ["archive"])
    }
}
