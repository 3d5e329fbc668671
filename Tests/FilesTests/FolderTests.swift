import ErrorReports
import Files
import Foundation
import TestSupport
import Testing

@Suite("Folders")
struct FolderTests {
    /// Places that are no folder, or cannot be one, whoever asks.
    enum Obstacle: String, CaseIterable, Sendable {
        case nothing, file, danglingLink, circle, tooLong

        func make(in folder: URL) throws -> URL {
            let url = folder.appending(path: rawValue, directoryHint: .notDirectory)
            switch self {
            case .nothing: return url
            case .file: try Data([1]).write(to: url)
            case .danglingLink:
                try FileManager.default.createSymbolicLink(
                    atPath: url.path(), withDestinationPath: "none")
            case .circle:
                try FileManager.default.createSymbolicLink(
                    atPath: url.path(), withDestinationPath: rawValue)
            case .tooLong:
                return folder.appending(path: String(repeating: "x", count: 300))
            }
            return url
        }
    }

    @Test(
        "a folder that cannot be listed is an error and no empty one", arguments: Obstacle.allCases)
    func unlistable(obstacle: Obstacle) throws {
        let folder = try TemporaryFolder()
        let url = try obstacle.make(in: folder.url)
        #expect(!Folder.exists(at: url))
        let error = #expect(throws: FilesError.self) { try Folder.names(in: url) }
        #expect(error?.location == url.path(percentEncoded: false))
        guard case .fileSystem(.listing, let reason)? = error?.kind else {
            Issue.record("unexpected \(String(describing: error))")
            return
        }
        #expect(!reason.isEmpty)
        #expect(throws: FilesError.self) { try Folder.subpaths(of: url) }
        #expect(throws: FilesError.self) { try StaleFiles.sweep(in: url) }
    }

    @Test("what is below a folder is listed to the bottom, and links are not followed")
    func subpaths() throws {
        let folder = try TemporaryFolder()
        for path in ["a/b/c.h5", ".hidden/x", "d"] {
            try AtomicFile.write(path, to: folder.url.appending(path: path))
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appending(path: "a/up").path(), withDestinationPath: "..")
        let link = folder.url.deletingLastPathComponent()
            .appending(path: "link-\(UUID().uuidString)")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.url)
        defer { try? FileManager.default.removeItem(at: link) }
        let expected = [".hidden", ".hidden/x", "a", "a/b", "a/b/c.h5", "a/up", "d"]
        #expect(try Folder.subpaths(of: folder.url).sorted() == expected)
        #expect(try Folder.subpaths(of: link).sorted() == expected)
        #expect(try Folder.names(in: link).sorted() == [".hidden", "a", "d"])
        #expect(Folder.exists(at: link))
    }

    @Test("folders are made with those above them; one that is there is no error")
    func making() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a b/ü/c", directoryHint: .isDirectory)
        for _ in 0..<2 {
            try Folder.make(url)
            #expect(Folder.exists(at: url))
        }
    }

    @Test("a folder that may not be made is the machine's fault, however deep it is")
    func forbidden() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path(percentEncoded: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: path)
        await #expect(processExitsWith: .success) { [path = path as String] in
            Privilege.drop()
            let inner = URL(filePath: path).appending(path: "a/b", directoryHint: .isDirectory)
            let error = #expect(throws: FilesError.self) { try Folder.make(inner) }
            #expect(
                error?.machineFault
                    == MachineFault(.permission, at: inner.path(percentEncoded: false)))
        }
    }

    @Test("a folder whose names may not be read is an error, its files may be read")
    func hiddenNames() async throws {
        let folder = try TemporaryFolder()
        try AtomicFile.write("x", to: folder.url.appending(path: "a/b/c"))
        let hidden = folder.url.appending(path: "a/b")
        try Privilege.hideNames(in: hidden)
        defer { try? Privilege.showNames(in: hidden) }
        let path = folder.url.path(percentEncoded: false)
        await #expect(processExitsWith: .success) { [path = path as String] in
            Privilege.drop()
            let url = URL(filePath: path)
            let text = try String(contentsOf: url.appending(path: "a/b/c"), encoding: .utf8)
            #expect(text == "x")
            let errors = [
                #expect(throws: FilesError.self) { try Folder.subpaths(of: url) },
                #expect(throws: FilesError.self) { try StaleFiles.sweep(in: url) },
            ]
            for error in errors {
                #expect(error?.location.hasSuffix("a/b") == true)
                #expect(error?.description.contains("failed: permission denied") == true)
            }
        }
    }

    @Test("what is in the way of a folder is an error that names it", arguments: Obstacle.allCases)
    func inTheWay(obstacle: Obstacle) throws {
        guard obstacle != .nothing else { return }
        let folder = try TemporaryFolder()
        let url = try obstacle.make(in: folder.url).appending(path: "below")
        let error = #expect(throws: FilesError.self) { try Folder.make(url) }
        #expect(error?.location == url.path(percentEncoded: false))
    }
}
