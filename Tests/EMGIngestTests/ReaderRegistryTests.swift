import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Reader registry")
struct ReaderRegistryTests {
    private func file(_ text: String, _ name: String, in folder: borrowing TemporaryFolder) throws
        -> URL
    {
        let url = folder.url.appending(path: name)
        try Data(text.utf8).write(to: url)
        return url
    }

    @Test("content tells the format whatever the name, the name where content does not")
    func detection() throws {
        let folder = try TemporaryFolder()
        let registry = ReaderRegistry.standard
        let unnamed = try file(TableText().text, "recording.dat", in: folder)
        #expect(try registry.reader(for: unnamed).formatName == "roam-csv")
        let broken = try file("a,b\n1,2\n", "recording.CSV", in: folder)
        #expect(try registry.reader(for: broken).formatName == "roam-csv")
        let other = try file("a,b\n1,2\n", "recording.txt", in: folder)
        let error = #expect(throws: IngestError.self) { try registry.reader(for: other) }
        #expect(error?.kind.name == "wrong-format")
        #expect(
            try registry.reader(for: other, options: ReadOptions(format: "roam-csv")).formatName
                == "roam-csv")
        #expect(throws: IngestError.self) {
            try registry.reader(for: other, options: ReadOptions(format: "no-such-format"))
        }
    }

    @Test("what is no regular file is refused at once")
    func special() throws {
        let folder = try TemporaryFolder()
        for url in [
            folder.url, URL(filePath: "/dev/null"), folder.url.appending(path: "missing.csv"),
        ] {
            let error = #expect(throws: IngestError.self) { try ReaderRegistry.standard.read(url) }
            #expect(error?.kind.name == "unreadable")
        }
    }

    @Test("the reader of ROAM tables keeps the contract of all readers")
    func conformance() throws {
        let folder = try TemporaryFolder()
        let url = try file(TableText().text, "a_b.csv", in: folder)
        let options = ReadOptions(identity: IdentityOverride(session: "day"), unit: "uV")
        let outcome = try ReaderConformance.check(ROAMReader(), url, options: options)
        #expect(outcome.recording.channels.allSatisfy { $0.unit == "uV" })
    }
}
