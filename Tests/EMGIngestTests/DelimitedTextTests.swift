import Documents
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Delimited text in other encodings")
struct DelimitedTextTests {
    private static let classes = ["ruhe", "öffnen", "äffnen"]

    /// Rows of three classes in turn, `perClass` each.
    private static func table(rows: Int, perClass: Int = 10) -> String {
        "t;Beuger [µV];Klasse\n"
            + (0..<rows).map { "\($0);\($0 % 7).5;\(classes[$0 / perClass % 3])\n" }.joined()
    }

    fileprivate static func bytes(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
        Array(try #require(text.data(using: encoding)))
    }

    private func read(
        _ bytes: [UInt8], encoding: String? = nil, classes: String = "", isLong: Bool = false
    ) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.txt")
        try Data(bytes).write(to: url)
        let reader = try Self.reader(encoding, classes)
        return isLong ? try reader.read(url) : try ReaderConformance.check(reader, url)
    }

    private static func reader(_ encoding: String?, _ classes: String) throws -> DelimitedReader {
        let template = try SourceTemplate(
            """
            rate_hz: 1000
            unit: "\u{3BC}V"
            \(classes)
            delimited:
              \(encoding.map { "encoding: \($0)" } ?? "delimiter: semicolon")
              channels: ["Beuger*"]
              label: Klasse
            """, document: "t.yaml", name: "t")
        return try #require(DelimitedReader(template))
    }

    /// A table as a system writes it, the key `encoding`, and how many warnings there are.
    struct Writing: Sendable, CustomTestStringConvertible {
        let name: String
        var encoding = String.Encoding.utf8
        /// The bytes beyond ASCII of an encoding of single bytes.
        var table: [Unicode.Scalar: UInt8]?
        var mark: [UInt8] = []
        var declared: String?
        var warnings = 0
        var testDescription: String { name }

        func bytes(_ text: String) throws -> [UInt8] {
            guard let table else { return try mark + DelimitedTextTests.bytes(text, encoding) }
            return try text.unicodeScalars.map { scalar in
                scalar.isASCII ? UInt8(scalar.value) : try #require(table[scalar])
            }
        }
    }

    static let writings = [
        Writing(name: "UTF-8", encoding: .utf8),
        Writing(name: "UTF-8 with a mark", encoding: .utf8, mark: [0xEF, 0xBB, 0xBF]),
        Writing(name: "ISO 8859-1", encoding: .isoLatin1, warnings: 1),
        Writing(name: "Windows-1252", encoding: .windowsCP1252, warnings: 1),
        Writing(name: "ISO 8859-1, declared", encoding: .isoLatin1, declared: "latin-1"),
        Writing(name: "Windows-1252, declared", encoding: .windowsCP1252, declared: "cp1252"),
        Writing(
            name: "Mac OS Roman, declared", table: ["µ": 0xB5, "ö": 0x9A, "ä": 0x8A],
            declared: "mac-roman"),
        Writing(
            name: "code page 437, declared", table: ["µ": 0xE6, "ö": 0x94, "ä": 0x84],
            declared: "cp437"),
        Writing(name: "UTF-16 LE", encoding: .utf16LittleEndian, mark: [0xFF, 0xFE]),
        Writing(name: "UTF-16 BE", encoding: .utf16BigEndian, mark: [0xFE, 0xFF]),
        Writing(name: "UTF-16 LE, declared", encoding: .utf16LittleEndian, declared: "utf-16"),
        Writing(name: "UTF-16 BE, declared", encoding: .utf16BigEndian, declared: "utf-16"),
    ]

    @Test("the same table is the same recording in every encoding", arguments: writings)
    func encodings(writing: Writing) throws {
        let bytes = try writing.bytes(Self.table(rows: 300))
        let outcome = try read(bytes, encoding: writing.declared)
        let recording = outcome.recording
        #expect(recording.channels == [Channel(name: "Beuger [\u{B5}V]", unit: "uV")])
        #expect(recording.labels?.classNames == ["ruhe", "\u{E4}ffnen", "\u{F6}ffnen"])
        #expect(recording.labels?.values.count { $0 == 1 } == 100)
        #expect(recording.labels?.values.count { $0 == 2 } == 100)
        #expect(outcome.warnings.count { $0.kind == .encoding } == writing.warnings)
    }

    @Test(
        "classes of the template apply whichever form and encoding names have",
        arguments: [String.Encoding.utf8, .isoLatin1], ["\u{F6}ffnen", "o\u{308}ffnen"])
    func templateClasses(encoding: String.Encoding, key: String) throws {
        let outcome = try read(
            Self.bytes(Self.table(rows: 90), encoding), classes: "classes: {\(key): open}")
        #expect(outcome.recording.labels?.classNames == ["open", "ruhe", "\u{E4}ffnen"])
    }

    @Test("decomposed names of a file are one class with composed ones")
    func decomposed() throws {
        let text = Self.table(rows: 90).replacing("Beuger", with: "Beuger o\u{308}")
            .replacing("19;5.5;\u{F6}ffnen", with: "19;5.5;o\u{308}ffnen")
        let recording = try read(Array(text.utf8)).recording
        #expect(recording.labels?.classNames.count == 3)
        let name = try #require(recording.channels.first?.name)
        #expect(Array(name.unicodeScalars) == Array("Beuger \u{F6} [\u{B5}V]".unicodeScalars))
    }

    @Test(
        "characters that lie across the border of two blocks are whole",
        arguments: [String.Encoding.utf8, .utf16LittleEndian, .isoLatin1])
    func borders(encoding: String.Encoding) throws {
        // Rows of all lengths put characters at every place of the blocks of 256 KiB.
        let mark: [UInt8] = encoding == .utf16LittleEndian ? [0xFF, 0xFE] : []
        let rows = 20_000
        let outcome = try read(
            mark + Self.bytes(Self.table(rows: rows, perClass: 1), encoding), isLong: true)
        #expect(outcome.recording.labels?.classNames == ["ruhe", "\u{E4}ffnen", "\u{F6}ffnen"])
        #expect(
            outcome.recording.labels?.values == (0..<rows).map { [UInt8(0), 2, 1][$0 % 3] })
    }

    @Test("a file that is UTF-8 for a megabyte and something else later is refused, not mixed")
    func mixed() throws {
        let start = Array(Self.table(rows: 70_000).utf8)
        #expect(start.count > 1 << 20)
        let end = try Self.bytes("70000;1;öffnen\n", .isoLatin1)
        let error = try #require(
            #expect(throws: IngestError.self) { try self.read(start + end, isLong: true) })
        #expect(error.location.line == 70_002)
        #expect(error.fault.contains("UTF-8 in line 1"))
        #expect(error.hint.contains("encoding: cp1252"))
        // Said outright, it is read: two bytes of UTF-8 are two characters then.
        let declared = try read(start + end, encoding: "cp1252", isLong: true)
        #expect(declared.recording.labels?.classNames.contains("\u{F6}ffnen") == true)
    }

    @Test("bytes of other encodings in comments and unused cells do not matter")
    func unused() throws {
        var bytes = Array("t;Beuger;Klasse\n".utf8)
        for row in 0..<20 { bytes += Array("\(row);1;".utf8) + Array("öffnen\n".utf8) }
        bytes += Array("20;1;öffnen;\n".utf8)
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.txt")
        try Data([UInt8(ascii: "#"), 0xF6, 0x0A] + bytes).write(to: url)
        let template = try SourceTemplate(
            """
            rate_hz: 100
            delimited: {comment: "#", channels: [Beuger], label: Klasse}
            """, document: "t.yaml", name: "t")
        let outcome = try #require(DelimitedReader(template)).read(url)
        #expect(outcome.recording.labels?.classNames == ["öffnen"])
        #expect(!outcome.warnings.contains { $0.kind == .encoding })
    }

    @Test("UTF-16 without a mark is refused by name, with the line that reads it")
    func unmarked() throws {
        let bytes = try Self.bytes(Self.table(rows: 30), .utf16LittleEndian)
        let error = try #require(#expect(throws: IngestError.self) { try self.read(bytes) })
        #expect(error.fault.contains("UTF-16 (little-endian)"))
        #expect(error.hint.contains("encoding: utf-16"))
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "x.txt")
        try Data(bytes).write(to: url)
        let unknown = try #require(
            #expect(throws: IngestError.self) { try ReaderRegistry.standard.reader(for: url) })
        #expect(unknown.hint.contains("encoding: utf-16"))
    }

    @Test("half a character at the end of UTF-16 is refused", arguments: [1, 3])
    func cut(lost: Int) throws {
        let text = Self.table(rows: 30) + "30;1;😀"
        let bytes = try [0xFF, 0xFE] + Self.bytes(text, .utf16LittleEndian)
        let error = try #require(
            #expect(throws: IngestError.self) { try self.read(bytes.dropLast(lost)) })
        #expect(error.kind.name == "malformed")
    }

    @Test("an encoding that nobody knows is refused with the nearest name")
    func unknownEncoding() throws {
        let error = #expect(throws: DocumentError.self) {
            _ = try Self.reader("cp1251", "")
        }
        #expect(error?.hint == "did you mean \"cp1252\"?")
    }
}
