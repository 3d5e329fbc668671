import Foundation
import TestSupport
import Testing

@Suite("The README")
struct ReadmeTests {
    private func readme() throws -> String {
        try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "README.md"), encoding: .utf8)
    }

    /// The fenced blocks of a language, in order.
    private func blocks(_ language: String) throws -> [String] {
        try readme().components(separatedBy: "```\(language)\n").dropFirst().map { part in
            part.components(separatedBy: "```")[0]
        }
    }

    /// Runs the README's commands, with its settings, in a folder.
    private func runCommands(in folder: URL) throws {
        let settings = try blocks("yaml")
        #expect(settings.count == 3)
        for (name, text) in zip(["pipeline", "collection", "training"], settings) {
            try Data(text.utf8).write(to: folder.appending(path: "\(name).yaml"))
        }
        let lines = try blocks("sh").joined().split(separator: "\n")
            .filter { $0.hasPrefix("myotask ") }
        #expect(lines.count == 12)
        for line in lines {
            let words = line.prefix { $0 != "#" }.split(separator: " ").dropFirst().map(String.init)
            let run = try CommandRun(words, in: folder)
            #expect(run.status == 0, "\(line): \(run.problems)")
        }
    }

    @Test("its commands and settings run as they stand")
    func commands() throws {
        let folder = try TemporaryFolder()
        try runCommands(in: folder.url)
    }

    @Test(
        "its Python reads a collection",
        .enabled(if: Python.has(module: "h5py"), "needs Python with h5py and NumPy"))
    func python() throws {
        let folder = try TemporaryFolder()
        try runCommands(in: folder.url)
        let program = "import os, sys\nos.chdir(sys.argv[1])\n" + (try blocks("python")[0])
        let result = try Python.run(program, arguments: [folder.url.path()])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains(", 8, 200)"), "\(result.output)")
    }

    @Test("its library example is the snippet that every build compiles")
    func snippet() throws {
        let snippet = try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "Snippets/WholeWay.swift"),
            encoding: .utf8)
        #expect(snippet.hasSuffix("\n\n" + (try blocks("swift")[0])))
    }

    @Test(
        "the examples of decoding are the snippets that every build compiles",
        arguments: [("DecodeSamples", 1), ("LearnWhileDecoding", 2)])
    func decodingSnippets(name: String, place: Int) throws {
        let folder = SharedMaterial.packageFolder
        let snippet = try String(
            contentsOf: folder.appending(path: "Snippets/\(name).swift"), encoding: .utf8)
        let page = try String(
            contentsOf: folder.appending(path: "docs/decoding/bundle.md"), encoding: .utf8)
        let example = page.components(separatedBy: "```swift\n")[place]
            .components(separatedBy: "```")[0]
        #expect(snippet.hasSuffix("\n\n" + example))
    }
}
