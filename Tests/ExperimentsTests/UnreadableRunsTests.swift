import Documents
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Folders of runs that cannot be read")
struct UnreadableRunsTests {
    @Test("a folder that may not be listed is an error, and no folder without runs")
    func unlistable() async throws {
        let folder = try TemporaryFolder()
        try WrittenRun(name: "one", tasks: [("p1", [0.5])]).write(in: folder.url)
        try WrittenRun(name: "two", tasks: [("p1", [0.5])]).write(
            in: folder.url.appending(path: "more"))
        let hidden = folder.url.appending(path: "more")
        try Privilege.hideNames(in: hidden)
        defer { try? Privilege.showNames(in: hidden) }
        let path = folder.url.path(percentEncoded: false)
        await #expect(processExitsWith: .success) { [path = path as String] in
            Privilege.drop()
            let error = #expect(throws: DocumentError.self) {
                try RunRecord.runs(in: [URL(filePath: path, directoryHint: .isDirectory)])
            }
            #expect(error?.document.hasSuffix("/more/") == true)
            #expect(
                error?.kind
                    == .unreadable(reason: "listing the folder failed: permission denied"))
        }
    }

    @Test("files beside runs are in nobody's way")
    func files() throws {
        let folder = try TemporaryFolder()
        try WrittenRun(name: "one", tasks: [("p1", [0.5])]).write(in: folder.url)
        try Data("x".utf8).write(to: folder.url.appending(path: "notes.txt"))
        #expect(try RunRecord.runs(in: [folder.url]).map(\.name) == ["one"])
    }

    @Test("a damaged list of a sweep is an error: its runs would count as one configuration")
    func damagedSweep() throws {
        let folder = try TemporaryFolder()
        let runs = try ["one", "two"].map {
            try WrittenRun(name: $0, tasks: [("p1", [0.5])]).write(in: folder.url)
        }
        try WrittenRun.writeSweep(
            ["model"], [("one", ["mlp"]), ("two", ["tcn"])], in: folder.url)
        #expect(try RunRecord.runs(in: runs).flatMap { $0.varied.map(\.value) } == ["mlp", "tcn"])
        let list = folder.url.appending(path: "sweep.json")
        let text = try String(contentsOf: list, encoding: .utf8)
        for damage in [String(text.dropLast(20)), "", text.replacing("myotask.sweep", with: "x")] {
            try Data(damage.utf8).write(to: list)
            let error = #expect(throws: DocumentError.self) { try RunRecord.runs(in: runs) }
            #expect(error?.document.hasSuffix("sweep.json") == true)
        }
    }
}
