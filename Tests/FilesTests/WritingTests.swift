import ErrorReports
import Files
import Foundation
import TestSupport
import Testing

@Suite("Files that are written piece by piece")
struct WritingTests {
    @Test("pieces stand one after the other, however large", arguments: [0, 1, 3_000, 700_000])
    func sequential(pieceBytes: Int) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "new/a.bin")
        let pieces = (0..<5).map { [UInt8](repeating: UInt8($0), count: pieceBytes) }
        try SequentialFile<FilesError>.write(to: url) { (file) throws(FilesError) in
            for piece in pieces { try file.append(piece) }
            #expect(!FileManager.default.fileExists(atPath: url.path(percentEncoded: false)))
        }
        #expect(try Data(contentsOf: url) == Data(pieces.joined()))
    }

    @Test("a file that is given up leaves the old one and nothing else")
    func givenUp() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.bin")
        try AtomicFile.write("old", to: url)
        let failure = FilesError(.busy, at: "x", hint: "y")
        let error = #expect(throws: FilesError.self) {
            try SequentialFile<FilesError>.write(to: url) { (file) throws(FilesError) in
                try file.append([UInt8](repeating: 1, count: 2 << 20))
                throw failure
            }
        }
        #expect(error == failure)
        #expect(try String(contentsOf: url, encoding: .utf8) == "old")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["a.bin"])
    }

    @Test("records are appended to what is there")
    func appended() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "new/log.txt")
        for line in ["one\n", "two\n"] { try AppendedFile(url).append(Array(line.utf8)) }
        #expect(try String(contentsOf: url, encoding: .utf8) == "one\ntwo\n")
        let error = #expect(throws: FilesError.self) { try AppendedFile(url, isNew: true) }
        #expect(error?.description.contains("exists") == true)
    }

    @Test("a full disk is the machine's fault", .enabled(if: WritingTests.hasFullDevice))
    func full() throws {
        // The kernel's own file that takes no byte.
        let file = try AppendedFile(URL(filePath: "/dev/full"))
        let error = #expect(throws: FilesError.self) { try file.append([1]) }
        #expect(error?.machineFault == MachineFault(.diskFull, at: "/dev/"))
        #expect(
            error?.description.hasPrefix("the disk of /dev/ is full\n  hint: free space there")
                == true)
    }

    static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")
}
