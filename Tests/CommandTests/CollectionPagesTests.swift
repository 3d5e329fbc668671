import Documents
import EMGArchive
import EMGTasks
import Foundation
import MetaLearning
import TaskDraws
import TestSupport
import Testing

@Suite("Pages about collections")
struct CollectionPagesTests {
    private func page(_ name: String) throws -> String {
        try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "docs/tasks/\(name).md"),
            encoding: .utf8)
    }

    /// The fenced blocks of a language, in order.
    private func blocks(_ language: String, of name: String) throws -> [String] {
        try page(name).components(separatedBy: "```\(language)\n").dropFirst().map { part in
            part.components(separatedBy: "```")[0]
        }
    }

    /// The indented blocks, without their indentation.
    private func indented(of name: String) throws -> [String] {
        try page(name).components(separatedBy: "\n\n").filter { $0.hasPrefix("    ") }.map {
            block in
            block.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.dropFirst(4) }.joined(separator: "\n")
        }
    }

    private func study(in folder: URL) throws {
        let laboratory = try makeLaboratory(in: folder)
        try Data("seed: 3\nwindow: {length: 40, stride: 20}\nsplits: {test: 1}\n".utf8)
            .write(to: folder.appending(path: "c.yaml"))
        for arguments in [
            ["convert", laboratory.path(), "--output", "archive"],
            ["build", "archive", "--config", "c.yaml", "--output", "study"],
        ] {
            let run = try CommandRun(arguments, in: folder)
            try #require(run.status == 0, "\(arguments): \(run.problems)")
        }
    }

    @Test(
        "the Python of the page runs as it stands",
        .enabled(if: Python.has(module: "h5py"), "needs Python with h5py and NumPy"))
    func python() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let program = try blocks("python", of: "python").joined()
        let result = try Python.run(
            "import os, sys\nos.chdir(sys.argv[1])\n" + program, arguments: [folder.url.path()])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains(", 8, 40)"), "\(result.output)")
    }

    @Test(
        "its PyTorch data set gives batches",
        .enabled(
            if: Python.has(module: "h5py") && Python.has(module: "torch"),
            "needs Python with h5py and PyTorch"))
    func torch() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let program = try (blocks("python", of: "python") + blocks("python torch", of: "python"))
            .joined()
        let result = try Python.run(
            "import os, sys\nos.chdir(sys.argv[1])\n" + program, arguments: [folder.url.path()])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("torch.Size([32, 8, 40])"), "\(result.output)")
    }

    @Test("the settings of the pages are understood")
    func settings() throws {
        let folder = try TemporaryFolder()
        let list = Data(#"[{"session": "2023_03_28_p7", "condition": "131"}]"#.utf8)
        for name in ["p1_train.json", "p1_test.json"] {
            try list.write(to: folder.url.appending(path: name))
        }
        var count = 0
        for name in ["designs", "maps-and-augmentation", "targets", "variation"] {
            for block in try indented(of: name) where block.contains("window:") {
                let url = folder.url.appending(path: "c.yaml")
                try Data(block.utf8).write(to: url)
                _ = try CollectionConfiguration(Document(contentsOf: url).cursor)
                count += 1
            }
        }
        #expect(count == 6)
    }

    @Test("the split of several recordings, and the training settings of the pages, are understood")
    func trainingSettings() throws {
        let splits = try blocks("yaml", of: "splits")
        #expect(splits.count == 1)
        for block in splits {
            let document = try Document(yaml: block.utf8, name: "splits.md")
            let configuration = try CollectionConfiguration(document.cursor)
            #expect(configuration.split.recordings?.earlier.count == 1)
        }
        for (page, key) in [("variation", "variation"), ("episodes", "few_shot")] {
            let blocks = try blocks("yaml", of: page)
            #expect(blocks.count == 1)
            for block in blocks {
                let document = try Document(yaml: block.utf8, name: "\(page).md")
                let configuration = try TrainingConfiguration(document.cursor)
                #expect(configuration.document.json(.compact).contains("\"\(key)\":"))
            }
        }
        let json = try blocks("json", of: "variation")
        let draw = try Document(json: "{\(json[0])}".utf8, name: "variation.md")
        #expect(
            try TaskDraw(draw.cursor.object().required("draw")).support.count == 10)
    }

    @Test("the commands about windows, audits and lists run as they stand")
    func commands() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let export = try CommandRun(
            ["collections", "export", "study.json", "--output", "p1_train.json"], in: folder.url)
        try #require(export.status == 0, "\(export.problems)")
        var count = 0
        for name in ["windows", "audit-and-verify", "designs"] {
            for line in try indented(of: name).joined(separator: "\n").split(separator: "\n")
            where line.hasPrefix("myotask ") {
                let words = line.split(separator: " ").dropFirst().map(String.init)
                let run = try CommandRun(words, in: folder.url)
                #expect(run.status == 0, "\(line): \(run.problems)")
                count += 1
            }
        }
        #expect(count == 8)
    }
}
