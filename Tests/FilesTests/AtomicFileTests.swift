import Files
import Foundation
import TestSupport
import Testing

@Suite("Atomic files")
struct AtomicFileTests {
    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
            .sorted()
    }

    @Test("a file is written whole, in folders that need not be there, and replaced whole")
    func writing() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a b/c%20/ü.json")
        try AtomicFile.write(Array("first".utf8), to: url)
        try AtomicFile.write(Array("second".utf8), to: url)
        #expect(try String(contentsOf: url, encoding: .utf8) == "second")
        #expect(try names(in: url.deletingLastPathComponent()) == ["ü.json"])
    }

    @Test("a failure leaves the old file and nothing else")
    func failing() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try AtomicFile.write([1], to: url)
        let failure = FilesError(.busy, at: "x", hint: "y")
        let error = #expect(throws: FilesError.self) {
            try AtomicFile.write(to: url) { (partial) throws(FilesError) in
                #expect(partial.deletingLastPathComponent() == url.deletingLastPathComponent())
                #expect(partial.lastPathComponent.hasPrefix(".a.h5."))
                #expect(partial.lastPathComponent.hasSuffix(".partial"))
                _ = FileManager.default.createFile(
                    atPath: partial.path(percentEncoded: false), contents: Data([2]))
                throw failure
            }
        }
        #expect(error == failure)
        #expect(try Data(contentsOf: url) == Data([1]))
        #expect(try names(in: folder.url) == ["a.h5"])
    }

    @Test("a file in the place of the folder is an error that names it")
    func fileInTheWay() throws {
        let folder = try TemporaryFolder()
        let blocker = folder.url.appending(path: "a")
        try AtomicFile.write([], to: blocker)
        let error = #expect(throws: FilesError.self) {
            try AtomicFile.write([], to: blocker.appending(path: "b.h5"))
        }
        guard case .fileSystem = error?.kind else {
            Issue.record("expected a file system error, got \(String(describing: error))")
            return
        }
    }

    @Test("two writers of one file in one process do not mix")
    func busy() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a")
        try AtomicFile.write(to: url) { (partial) throws(FilesError) in
            _ = FileManager.default.createFile(
                atPath: partial.path(percentEncoded: false), contents: Data([1]))
            let error = #expect(throws: FilesError.self) { try AtomicFile.write([2], to: url) }
            #expect(error?.kind == .busy)
        }
        #expect(try Data(contentsOf: url) == Data([1]))
        try AtomicFile.write([3], to: url)
        #expect(try Data(contentsOf: url) == Data([3]))
    }

    @Test("only partial files of processes that no longer live are swept")
    func sweeping() throws {
        let folder = try TemporaryFolder()
        let below = folder.url.appending(path: "p1/s1")
        try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
        // No process has a number above 2^22 on Linux.
        let stale = ["p1/s1/.a.h5.99999999.partial", ".b.json.99999998.partial"]
        // Process 1 always lives.
        let kept = [
            "p1/s1/.a.h5.1.partial", "a.partial", ".c.partial", ".d.x.partial", "p1/s1/e.h5",
        ]
        for path in stale + kept {
            try Data([1]).write(to: folder.url.appending(path: path))
        }
        let removed = try StaleFiles.sweep(in: folder.url)
        #expect(
            removed.map(\.lastPathComponent).sorted() == [
                ".a.h5.99999999.partial", ".b.json.99999998.partial",
            ])
        let left = try FileManager.default.subpathsOfDirectory(
            atPath: folder.url.path(percentEncoded: false))
        #expect(Set(left) == Set(kept + ["p1", "p1/s1"]))
    }

    @Test("a partial file that is locked is not swept: its process may live on another machine")
    func lockedPartials() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: ".a.h5.99999999.partial")
        let descriptor = unsafe open(url.path(percentEncoded: false), O_CREAT | O_WRONLY, 0o600)
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(try StaleFiles.sweep(in: folder.url).isEmpty)
        close(descriptor)
        #expect(try StaleFiles.sweep(in: folder.url).count == 1)
    }

    @Test(
        "partials of other machines are swept when nobody has written to them for more than a day")
    func otherMachines() throws {
        let folder = try TemporaryFolder()
        // Numbers that live here and that do not: they are numbers of another machine.
        let names = [".a.h5.1-0badcafe.partial", ".a.h5.99999999-0badcafe.partial"]
        for name in names { try Data([1]).write(to: folder.url.appending(path: name)) }
        #expect(try StaleFiles.sweep(in: folder.url).isEmpty)
        StaleFiles.sweep(of: folder.url.appending(path: "a.h5"))
        #expect(try self.names(in: folder.url) == names.sorted())
        for name in names {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -90_000)],
                ofItemAtPath: folder.url.appending(path: name).path(percentEncoded: false))
        }
        // Not while it is locked, where locks are seen.
        let descriptor = unsafe open(
            folder.url.appending(path: names[0]).path(percentEncoded: false), O_WRONLY)
        #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(try StaleFiles.sweep(in: folder.url).map(\.lastPathComponent) == [names[1]])
        close(descriptor)
        #expect(try StaleFiles.sweep(in: folder.url).map(\.lastPathComponent) == [names[0]])
    }

    @Test("names of partials say the process and the machine, as no other machine's do")
    func processAndMachine() throws {
        let folder = try TemporaryFolder()
        let folderURL = folder.url
        let url = folderURL.appending(path: "a.h5")
        let process = ProcessInfo.processInfo.processIdentifier
        try AtomicFile.write(to: url) { (partial) throws(FilesError) in
            let name = partial.lastPathComponent
            #expect(name.wholeMatch(of: /\.a\.h5\.(\d+)-[0-9a-f]{8}\.partial/)?.1 == "\(process)")
            // The same number of this machine, long dead.
            let dead = name.replacing("\(process)-", with: "99999999-")
            _ = FileManager.default.createFile(
                atPath: folderURL.appending(path: dead).path(percentEncoded: false),
                contents: Data([1]))
            #expect(try StaleFiles.sweep(in: folderURL).map(\.lastPathComponent) == [dead])
            _ = FileManager.default.createFile(
                atPath: partial.path(percentEncoded: false), contents: Data([1]))
        }
    }

    @Test("a file that is being written is not swept by its own process")
    func ownPartials() throws {
        let folder = try TemporaryFolder()
        let folderURL = folder.url
        let url = folderURL.appending(path: "a.h5")
        try AtomicFile.write(to: url) { (_) throws(FilesError) in
            #expect(try StaleFiles.sweep(in: folderURL).isEmpty)
        }
        // What an earlier process of the same number left behind is.
        let process = ProcessInfo.processInfo.processIdentifier
        try Data([1]).write(to: folderURL.appending(path: ".b.h5.\(process).partial"))
        #expect(try StaleFiles.sweep(in: folderURL).count == 1)
        #expect(try names(in: folderURL) == ["a.h5"])
    }

    @Test("a process that is killed while writing leaves no file, and its partial is swept")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1/2024_01_02_p1/131.h5")
        let path = url.path(percentEncoded: false)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            try AtomicFile.write(to: URL(filePath: path)) { (partial) throws(FilesError) in
                _ = FileManager.default.createFile(
                    atPath: partial.path(percentEncoded: false),
                    contents: Data(repeating: 7, count: 100_000))
                kill(getpid(), SIGKILL)
            }
        }
        let sessionFolder = url.deletingLastPathComponent()
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(try names(in: sessionFolder).count == 1)
        try StaleFiles.sweep(in: folder.url)
        #expect(try names(in: sessionFolder).isEmpty)
    }

    @Test("writing a file removes what a killed process left of it, and nothing else")
    func ownLeftovers() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.json")
        let left = [".a.json.99999999.partial", ".b.json.99999999.partial", ".a.json.1.partial"]
        for name in left { try Data([1]).write(to: folder.url.appending(path: name)) }
        try AtomicFile.write("{}", to: url)
        #expect(try names(in: folder.url) == (left.dropFirst() + ["a.json"]).sorted())
    }

    @Test("a second name has the file's bytes and replaces what had it")
    func sharing() throws {
        let folder = try TemporaryFolder()
        let (one, other) = (folder.url.appending(path: "a.h5"), folder.url.appending(path: "b.h5"))
        try AtomicFile.write([1, 2], to: one)
        for _ in 0..<2 {
            try AtomicFile.write([9], to: other)
            try AtomicFile.share(one, at: other)
            #expect(try Data(contentsOf: other) == Data([1, 2]))
            // It is the same file now; a second time there is nothing to rename.
            try AtomicFile.share(one, at: other)
        }
        try AtomicFile.write([3], to: one)
        #expect(try Data(contentsOf: other) == Data([1, 2]))
        #expect(try names(in: folder.url) == ["a.h5", "b.h5"])
    }
}
