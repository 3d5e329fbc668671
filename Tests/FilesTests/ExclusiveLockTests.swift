import Files
import Foundation
import TestSupport
import Testing

@Suite("Exclusive locks")
struct ExclusiveLockTests {
    @Test("a folder has one holder at a time, and is free when the holder lets go")
    func folders() throws {
        let folder = try TemporaryFolder()
        var first = try ExclusiveLock(of: folder.url)
        #expect(first != nil)
        // A second open file of the same process is a holder of its own to the system.
        #expect(try ExclusiveLock(of: folder.url) == nil)
        first = nil
        #expect(try ExclusiveLock(of: folder.url) != nil)
    }

    @Test("a process that is killed lets go")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path(percentEncoded: false)
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let lock = try ExclusiveLock(waitingFor: URL(filePath: path))
            kill(getpid(), SIGKILL)
            withExtendedLifetime(lock) {}
        }
        #expect(try ExclusiveLock(of: folder.url) != nil)
    }

    @Test("a folder that is not there or is a file is an error, and not held by another process")
    func unusable() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "file")
        try Data().write(to: file)
        for place in [file, folder.url.appending(path: "none")] {
            let error = #expect(throws: FilesError.self) { try ExclusiveLock(of: place) }
            #expect(error?.location == place.path(percentEncoded: false))
            #expect(throws: FilesError.self) { try ExclusiveLock(waitingFor: place) }
        }
    }

    @Test("the lock of a file is beside it, and its folder must be there")
    func files() throws {
        let folder = try TemporaryFolder()
        do {
            let lock = try ExclusiveLock(beside: folder.url.appending(path: "edits.json"))
            withExtendedLifetime(lock) {}
        }
        let again = try ExclusiveLock(beside: folder.url.appending(path: "edits.json"))
        withExtendedLifetime(again) {}
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path())
        #expect(names == [".edits.json.lock"])
        let error = #expect(throws: FilesError.self) {
            try ExclusiveLock(beside: folder.url.appending(path: "none/edits.json"))
        }
        guard case .fileSystem(.makingLock, _)? = error?.kind else {
            Issue.record("unexpected \(String(describing: error))")
            return
        }
    }
}
