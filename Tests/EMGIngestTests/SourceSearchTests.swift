import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Search for recordings")
struct SourceSearchTests {
    private func write(_ text: String, _ path: String, in folder: borrowing TemporaryFolder) throws
    {
        let url = folder.url.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    @Test("folders are searched to the bottom in natural order")
    func order() throws {
        let folder = try TemporaryFolder()
        let text = TableText().text
        for patient in [10, 2, 1] {
            try write(
                text, "lab/2023_03_0\(patient % 9)_p\(patient)/p\(patient)_111.csv", in: folder)
        }
        try write(text, "lab/2023_03_02_p2/p2_131.csv", in: folder)
        let found = SourceSearch.search([folder.url], registry: .standard)
        #expect(
            found.sources.map(\.identity.id) == [
                "p1/2023_03_01_p1/111", "p10/2023_03_01_p10/111", "p2/2023_03_02_p2/111",
                "p2/2023_03_02_p2/131",
            ])
        #expect(found.warnings == [])
        #expect(found.refused == [])
    }

    @Test("hidden files, other files and loops of links are left out with a note")
    func leftOut() throws {
        let folder = try TemporaryFolder()
        try write(TableText().text, "2023_03_28_p7/p7_131.csv", in: folder)
        try write("notes", "2023_03_28_p7/notes.txt", in: folder)
        try write(TableText().text, "2023_03_28_p7/._p7_131.csv", in: folder)
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "2023_03_28_p7/loop"), withDestinationURL: folder.url)
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "nowhere.csv"),
            withDestinationURL: folder.url.appending(path: "missing"))
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "device.csv"),
            withDestinationURL: URL(filePath: "/dev/null"))
        let found = SourceSearch.search([folder.url], registry: .standard)
        #expect(found.sources.map(\.identity.condition) == ["131"])
        #expect(found.refused == [])
        #expect(found.skipped.map(\.kind) == Array(repeating: .skipped, count: 5))
    }

    @Test("the same file named twice is taken once")
    func twice() throws {
        let folder = try TemporaryFolder()
        try write(TableText().text, "2023_03_28_p7/p7_131.csv", in: folder)
        let file = folder.url.appending(path: "2023_03_28_p7/p7_131.csv")
        let found = SourceSearch.search([file, folder.url, file], registry: .standard)
        #expect(found.sources.count == 1)
        #expect(found.skipped.count == 2)
    }

    @Test(
        "of two files with one identity and the same bytes the later one is left out",
        arguments: [1, 4])
    func sameBytes(threads: Int) throws {
        let folder = try TemporaryFolder()
        try write(TableText().text, "2016_03_11_p11/p11_111.csv", in: folder)
        try write(TableText().text, "2016_03_11_p11/11_111.csv", in: folder)
        let found = SourceSearch.search([folder.url], registry: .standard, threads: threads)
        #expect(found.sources.map(\.url.lastPathComponent) == ["11_111.csv"])
        let warning = try #require(found.skipped.first)
        #expect(warning.kind == .duplicateSource)
        #expect(warning.location.file.hasSuffix("p11_111.csv"))
        #expect(warning.message.contains("/11_111.csv"))
    }

    @Test("two files with one identity that differ are both refused, each naming the other")
    func conflict() throws {
        let folder = try TemporaryFolder()
        var other = TableText()
        other.set(line: 9, column: 8, to: "1")
        try write(TableText().text, "2016_03_11_p11/p11_111.csv", in: folder)
        try write(other.text, "2016_03_11_p11/11_111.csv", in: folder)
        try write(other.text, "2016_03_11_p11/p11_131.csv", in: folder)
        let found = SourceSearch.search([folder.url], registry: .standard)
        #expect(found.sources.map(\.identity.condition) == ["131"])
        #expect(found.refused.map(\.kind.name) == ["identity-conflict", "identity-conflict"])
        #expect(found.refused[0].description.contains("p11_111.csv"))
        #expect(found.refused[1].description.contains("11_111.csv"))
    }

    @Test("what does not exist is refused, what lies elsewhere is taken with a warning")
    func elsewhere() throws {
        let folder = try TemporaryFolder()
        try write(TableText().text, "loose/p7_131.csv", in: folder)
        let found = SourceSearch.search(
            [folder.url, folder.url.appending(path: "missing")], registry: .standard)
        #expect(found.sources.map(\.identity.id) == ["p7/loose/131"])
        #expect(found.warnings.contains { $0.kind == .identity })
        #expect(found.refused.map(\.kind.name) == ["unreadable"])
        let named = SourceSearch.search(
            [folder.url], registry: .standard,
            options: ReadOptions(identity: IdentityOverride(session: "day1")))
        #expect(named.sources.map(\.identity.id) == ["p7/day1/131"])
    }
}
