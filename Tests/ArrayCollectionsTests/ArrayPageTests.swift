import Foundation
import TestSupport
import Testing

@Suite("docs/arrays")
struct ArrayPageTests {
    private static func page(_ name: String) throws -> String {
        try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "docs/arrays/\(name).md"),
            encoding: .utf8)
    }

    /// The fenced blocks of a language, in order.
    private static func blocks(_ language: String, of page: String) -> [String] {
        page.components(separatedBy: "```\(language)\n").dropFirst().map { part in
            part.components(separatedBy: "```")[0]
        }
    }

    @Test("the commands and settings of the page run as they stand")
    func commands() throws {
        let folder = try TemporaryFolder()
        let page = try Self.page("few-shot")
        let settings = Self.blocks("yaml", of: page)
        #expect(settings.count == 1)
        try Data(settings[0].utf8).write(to: folder.url.appending(path: "training.yaml"))
        let lines = Self.blocks("sh", of: page).joined().split(separator: "\n")
        #expect(lines.count == 7)
        for line in lines {
            let words = line.split(separator: " ").dropFirst().map(String.init)
            let run = try CommandRun(words, in: folder.url)
            #expect(run.status == 0, "\(line): \(run.problems)")
        }
        // What the page promises of the example: learned beats counting pixels.
        let results = try String(
            contentsOf: folder.url.appending(path: "run/results.csv"), encoding: .utf8
        ).split(separator: "\n").map { $0.split(separator: ",") }
        let means = try #require(results.last)
        let (nearest, meta) = (
            try #require(results[0].firstIndex(of: "nearest_mean")),
            try #require(results[0].firstIndex(of: "meta"))
        )
        #expect(
            try #require(Double(means[meta])) > (try #require(Double(means[nearest])))
        )
    }

    @Test("the table of a regression is one that the page's commands take")
    func regression() throws {
        let folder = try TemporaryFolder()
        let page = try Self.page("regression")
        let head = try #require(Self.blocks("csv", of: page).first)
        #expect(head.hasPrefix("device,t,h,power\n"))
        let rows = (0..<10).flatMap { device in
            (0..<8).map { "d\(device),\($0),\($0 * device),\(device + $0)\n" }
        }
        try Data(("device,t,h,power\n" + rows.joined()).utf8).write(
            to: folder.url.appending(path: "sensors.csv"))
        let lines = try #require(Self.blocks("console", of: page).first).split(separator: "\n")
        let words = lines[0].split(separator: " ").dropFirst().map(String.init)
        let run = try CommandRun(words, in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
    }

    @Test("the library's example is the snippet that every build compiles")
    func snippet() throws {
        let snippet = try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "Snippets/TableOfTasks.swift"),
            encoding: .utf8)
        let example = try #require(Self.blocks("swift", of: try Self.page("regression")).first)
        #expect(snippet.hasSuffix("\n\n" + example))
    }
}
