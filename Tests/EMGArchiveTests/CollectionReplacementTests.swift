import EMGArchive
import Files
import Foundation
import TestSupport
import Testing

@Suite("Replacing collections")
struct CollectionReplacementTests {
    /// Two collections of one name, in folders of their own.
    private struct Versions: ~Copyable {
        let folder: TemporaryFolder
        let old: URL
        let new: URL

        init() throws {
            let folder = try TemporaryFolder()
            let old = try SyntheticCollection.write(in: folder.url.appending(path: "old"), count: 2)
            let new = try SyntheticCollection.write(in: folder.url.appending(path: "new"), count: 3)
            self.old = old
            self.new = new
            self.folder = folder
        }

        var tensors: URL { old.deletingPathExtension().appendingPathExtension("h5") }
        var newTensors: URL { new.deletingPathExtension().appendingPathExtension("h5") }

        /// How many tasks the collection in the old one's place has; it must be whole.
        func tasks() throws -> Int {
            let collection = try CollectionFile.open(old)
            try collection.verifyHashes()
            return collection.manifest.tasks.count
        }

        func names() throws -> [String] {
            try Folder.names(in: old.deletingLastPathComponent()).sorted()
        }
    }

    /// Where a process that replaces a collection may be killed.
    enum Moment: CaseIterable, Sendable {
        case begun, tensorsPut, manifestPut
    }

    @Test(
        "a process that is killed at any step leaves a whole collection; the next one ends the work",
        arguments: Moment.allCases)
    func killed(moment: Moment) async throws {
        let versions = try Versions()
        let paths = [versions.old, versions.tensors, versions.new, versions.newTensors].map {
            $0.path(percentEncoded: false)
        }
        let step = Moment.allCases.firstIndex(of: moment) ?? 0
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [paths = paths as [String], step = step as Int] in
            let urls = paths.map { URL(filePath: $0) }
            let replacement = CollectionReplacement(manifest: urls[0], tensors: urls[1])
            try replacement.begin()
            if step == 0 { kill(getpid(), SIGKILL) }
            try AtomicFile.share(urls[3], at: urls[1])
            if step == 1 { kill(getpid(), SIGKILL) }
            // All but the removal of the old tensors.
            try AtomicFile.write([UInt8](try Data(contentsOf: urls[2])), to: urls[0])
            kill(getpid(), SIGKILL)
        }
        #expect(try versions.tasks() == (moment == .manifestPut ? 3 : 2))
        let written = try SyntheticCollection.write(
            in: versions.old.deletingLastPathComponent(), count: 4)
        #expect(written == versions.old)
        #expect(try versions.tasks() == 4)
        #expect(try versions.names() == ["small.h5", "small.json"])
    }

    @Test("what is no collection that could be lost is replaced", arguments: ["{}", "no JSON", ""])
    func damaged(manifest: String) throws {
        let versions = try Versions()
        try AtomicFile.write(manifest, to: versions.old)
        _ = try SyntheticCollection.write(in: versions.old.deletingLastPathComponent(), count: 4)
        #expect(try versions.tasks() == 4)
        #expect(try versions.names() == ["small.h5", "small.json"])
    }

    @Test("a manifest whose tensors are not there is replaced")
    func withoutTensors() throws {
        let versions = try Versions()
        try FileManager.default.removeItem(at: versions.tensors)
        _ = try SyntheticCollection.write(in: versions.old.deletingLastPathComponent(), count: 4)
        #expect(try versions.tasks() == 4)
    }
}
