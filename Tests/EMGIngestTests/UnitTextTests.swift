import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Units and names in other encodings")
struct UnitTextTests {
    /// The physical dimension's bytes, the unit, and whether a warning says what was assumed.
    static let dimensions: [(bytes: [UInt8], unit: String, isAssumed: Bool)] = [
        ([0xB5, 0x56], "uV", false), ([0xC2, 0xB5, 0x56], "uV", false),
        ([0xCE, 0xBC, 0x56], "uV", false), (Array("uv".utf8), "uV", false),
        (Array("UV".utf8), "uV", false), (Array("microV".utf8), "uV", false),
        ([0xE6, 0x56], "uV", true), (Array(".V".utf8), "uV", true), (Array("?V".utf8), "uV", true),
        (Array("mv".utf8), "mV", false), (Array("Volts".utf8), "V", false),
        (Array("parsec".utf8), "parsec", true),
    ]

    @Test("a header's unit is the one it means, or a warning says so", arguments: dimensions)
    func header(bytes: [UInt8], unit: String, isAssumed: Bool) throws {
        var file = EDFBytes.standard(records: 4)
        for signal in 0..<2 { file.signals[signal].dimension = "<unit-\(signal)>" }
        var content = file.bytes
        let places = content.indices.filter { content[$0...].starts(with: Array("<unit-".utf8)) }
        #expect(places.count == 2)
        for place in places {
            content.replaceSubrange(
                place..<place + 8, with: bytes + [UInt8](repeating: 0x20, count: 8 - bytes.count))
        }
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a_b.edf")
        try Data(content).write(to: url)
        let outcome = try EDFReader(.edf).read(url)
        #expect(outcome.recording.channels.map(\.unit) == [unit, unit])
        #expect(outcome.warnings.count { $0.kind == .unit } == (isAssumed ? 1 : 0))
    }

    /// A table of channels as systems write it, and how many warnings speak of its encoding.
    static let tables:
        [(name: String, micro: [UInt8], mark: [UInt8], isWide: Bool, warnings: Int)] =
            [
                ("UTF-8", [0xC2, 0xB5], [], false, 0), ("Greek", [0xCE, 0xBC], [], false, 0),
                ("with a mark", [0xC2, 0xB5], [0xEF, 0xBB, 0xBF], false, 0),
                ("ISO 8859-1", [0xB5], [], false, 1), ("UTF-16", [0xB5], [0xFF, 0xFE], true, 0),
            ]

    @Test("a table of channels tells the unit in each encoding", arguments: tables)
    func channelsTable(
        name: String, micro: [UInt8], mark: [UInt8], isWide: Bool, warnings: Int
    ) throws {
        let folder = try TemporaryFolder()
        var file = EDFBytes.standard(records: 4)
        file.signals[0].dimension = ""
        let url = try file.write("sub-p7_task-grasp_emg.edf", to: folder)
        var table = Array("name\ttype\tunits\r\nEMG 0\tEMG\t".utf8) + micro
        table += Array("V\r\nEMG 1\tEMG\t".utf8) + micro + Array("V\r\n".utf8)
        if isWide { table = table.flatMap { [$0, 0] } }
        try Data(mark + table).write(
            to: folder.url.appending(path: "sub-p7_task-grasp_channels.tsv"))
        let outcome = try EDFReader(.edf).read(url)
        #expect(outcome.recording.channels.map(\.unit) == ["uV", "uV"])
        #expect(outcome.warnings.count { $0.kind == .encoding } == warnings)
        // The unit is reported, and the header's other one is the same.
        #expect(!outcome.warnings.contains { $0.message.contains("taken for count") })
        #expect(!outcome.warnings.contains { $0.message.contains("the unit of") })
    }

    @Test(
        "names of channels in a table are one with the header's, whatever the encoding",
        arguments: [[0xF6], [0xC3, 0xB6]] as [[UInt8]])
    func names(umlaut: [UInt8]) throws {
        let folder = try TemporaryFolder()
        var file = EDFBytes.standard(records: 4)
        file.signals[0].label = "EMG offner"
        var content = file.bytes
        let place = try #require(
            content.indices.first { content[$0...].starts(with: Array("offner".utf8)) })
        content[place] = 0xF6
        let url = folder.url.appending(path: "sub-p7_task-grasp_emg.edf")
        try Data(content).write(to: url)
        let table =
            Array("name\ttype\tunits\tstatus\nEMG ".utf8) + umlaut
            + Array("ffner\tEMG\tuV\tbad\nEMG 1\tEMG\tuV\tgood\n".utf8)
        try Data(table).write(to: folder.url.appending(path: "sub-p7_task-grasp_channels.tsv"))
        let outcome = try EDFReader(.edf).read(url)
        #expect(outcome.recording.channels.first?.name == "EMG \u{F6}ffner")
        #expect(outcome.recording.quality.contains { $0.kind == .markedBad && $0.channel == 0 })
    }

    @Test("a patient whose folder's name is composed or not is one", arguments: [false, true])
    func folders(isDecomposed: Bool) throws {
        let folder = try TemporaryFolder()
        let name = isDecomposed ? "mu\u{308}ller" : "m\u{FC}ller"
        let session = folder.url.appending(path: "2023_03_28_\(name)")
        try FileManager.default.createDirectory(at: session, withIntermediateDirectories: true)
        let url = session.appending(path: "\(name)_131.csv")
        try Data(TableText().text.utf8).write(to: url)
        let search = SourceSearch.search([folder.url], registry: .standard)
        let source = try #require(search.sources.first)
        #expect(
            Array(source.identity.patient.unicodeScalars) == Array("m\u{FC}ller".unicodeScalars))
        // The file is opened under the name that it has on the disk.
        let outcome = try ReaderRegistry.standard.read(source.url)
        #expect(outcome.recording.identity == source.identity)
    }

    @Test("the text of a template's fault stands in one line, its hint on its own")
    func templateFault() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "t.yaml")
        try Data("delimited:\n  chanels: [a]\n".utf8).write(to: url)
        let error = #expect(throws: IngestError.self) { _ = try SourceTemplate(contentsOf: url) }
        #expect(error?.hint == "did you mean \"channels\"?")
        #expect(error?.location.line == 2)
        #expect(error?.description.contains("\\u{A}") == false)
        try Data([0x61, 0xF6]).write(to: url)
        let latin = #expect(throws: IngestError.self) { _ = try SourceTemplate(contentsOf: url) }
        #expect(latin?.fault.contains("not UTF-8") == true)
    }

    @Test(
        "hints of tables that are no ROAM tables name a template's line, never the data",
        arguments: [
            ("a,label,emg0\n1,0,2\n", "label: label"), ("a,b\n1,2\n", "docs/formats/delimited.md"),
            ("gt,EMG1,EMG2\n0,1,2\n", "label: gt"), ("gt;emg0\n0;1\n", "delimiter: semicolon"),
            ("1,2,3\n4,5,6\n", "header: false"), ("gt,gt,emg0\n0,0,1\n", "label: 2"),
            ("gt,emg0,time_elapsed\n3,1,0\n", "label: gt"),
            ("gt,emg0,time_elapsed\nrest,1,0\n", "\"classes\" names them"),
            ("gt,emg0,time_elapsed\n0,\"1,5\",0\n", "decimal: comma"),
            ("gt,emg0,time_elapsed\n0,NA,0\n", "missing: [\"NA\"]"),
        ])
    func roamHints(text: String, words: String) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p_a.csv")
        try Data(text.utf8).write(to: url)
        let error = try #require(
            #expect(throws: IngestError.self) { try ROAMReader().read(url) })
        #expect(error.hint.contains("--template FILE"))
        #expect(error.hint.contains(words), "\(error)")
        for phrase in ["rename", "correct", "save the"] { #expect(!error.hint.contains(phrase)) }
    }

    @Test(
        "a cell with marks of thousands is inferred from one with a decimal comma",
        arguments: [
            ("1,234.5", true), ("-12,345.678", true), ("1.234,5", true), ("1,234,567", true),
            ("1'234.5", true), ("1 234 567", true), ("1,5", false), ("0,123", false),
            ("1,234", false), ("12,34.5", false), ("1234,567.8", false),
        ])
    func thousands(cell: String, isGrouped: Bool) throws {
        let folder = try TemporaryFolder()
        for (name, text) in [
            ("p_a.csv", "a;emg0\n0;1\n1;\(cell)\n"), ("p_b.csv", "a,emg0\n0,1\n1,\"\(cell)\"\n"),
        ] {
            let url = folder.url.appending(path: name)
            try Data(text.utf8).write(to: url)
            let template = try SourceTemplate(
                "rate_hz: 100\ndelimited:\n  channels: [emg0]\n", document: "t.yaml", name: "t")
            let reader = try #require(DelimitedReader(template))
            let error = try #require(#expect(throws: IngestError.self) { try reader.read(url) })
            #expect(error.hint.contains("marks of thousands") == isGrouped, "\(error)")
            #expect(error.hint.contains("decimal: comma") == !isGrouped, "\(error)")
        }
        let url = folder.url.appending(path: "p_c.csv")
        try Data("gt,emg0,time_elapsed\n0,\"\(cell)\",0\n".utf8).write(to: url)
        let error = try #require(#expect(throws: IngestError.self) { try ROAMReader().read(url) })
        #expect(error.hint.contains("marks of thousands") == isGrouped, "\(error)")
    }

    @Test(
        "a delimiter that no row has is inferred from the one that rows have",
        arguments: ["comma": ",", "tab": "\t", "semicolon": ";"].sorted { $0.key < $1.key },
        ["comma", "tab", "semicolon"])
    func delimiter(found: (key: String, value: String), stated: String) throws {
        guard found.key != stated else { return }
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p_a.txt")
        let rows = [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]]
        for (header, columns) in [("true", "[b]"), ("false", "[2]")] {
            let lines = header == "true" ? rows : Array(rows.dropFirst())
            let text = lines.map { $0.joined(separator: found.value) + "\n" }.joined()
            try Data(text.utf8).write(to: url)
            let template = try SourceTemplate(
                "rate_hz: 100\ndelimited:\n  delimiter: \(stated)\n  header: \(header)\n"
                    + "  channels: \(columns)\n", document: "t.yaml", name: "t")
            let reader = try #require(DelimitedReader(template))
            let error = try #require(#expect(throws: IngestError.self) { try reader.read(url) })
            #expect(error.hint.contains("\"delimiter: \(found.key)\""), "\(error)")
        }
    }
}
