import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Delimited text by templates")
struct DelimitedReaderTests {
    private func write(
        _ text: String, _ path: String, in folder: borrowing TemporaryFolder
    ) throws -> URL {
        let url = folder.url.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url
    }

    private func reader(_ yaml: String) throws -> DelimitedReader {
        let template = try SourceTemplate(yaml, document: "t.yaml", name: "t")
        return try #require(DelimitedReader(template))
    }

    private func shipped(_ name: String) throws -> DelimitedReader {
        let template = try #require(SourceTemplate.shipped.first { $0.name == name })
        return try #require(DelimitedReader(template))
    }

    @Test("every template that comes along is right and has a reader of its name")
    func templates() {
        #expect(SourceTemplate.shipped.map(\.name) == SourceTemplate.texts.map(\.name))
        for template in SourceTemplate.shipped {
            #expect(!template.summary.isEmpty)
            #expect(ReaderRegistry.standard.readers.contains { $0.formatName == template.name })
        }
    }

    @Test("decimal commas, semicolons, a rate and an unlabeled class")
    func european() throws {
        let folder = try TemporaryFolder()
        let url = try write(
            "t;x;y;class\n0,0;1,5;-2;rest\n0,01;2,25;3;rest\n0,02;1e2;4;fist\n0,03;0;5;none\n",
            "p1_a.csv", in: folder)
        let reader = try reader(
            """
            unit: mV
            rate_hz: 100
            unlabeled: [none]
            identity: {session: day}
            delimited:
              decimal: comma
              channels: [x, y]
              time: {column: t}
              label: class
            """)
        let outcome = try ReaderConformance.check(reader, url)
        let recording = outcome.recording
        #expect(recording.samples.values == [1.5, -2, 2.25, 3, 100, 4, 0, 5])
        #expect(
            recording.channels == [Channel(name: "x", unit: "mV"), Channel(name: "y", unit: "mV")])
        #expect(recording.labels?.classNames == ["unlabeled", "fist", "rest"])
        #expect(recording.labels?.values == [2, 2, 1, 0])
        #expect(recording.timeStamps == [0, 0.01, 0.02, 0.03])
        #expect(recording.samplingRate.hertz == 100)
        #expect(recording.identity.session == "day")
    }

    @Test("a cell that is no number is refused with line, column and name")
    func badCell() throws {
        let folder = try TemporaryFolder()
        let url = try write("a,b\n1,2\n3,x4\n", "p1_a.csv", in: folder)
        let error = #expect(throws: IngestError.self) {
            try reader("rate_hz: 100\ndelimited: {channels: [a, b]}").read(url)
        }
        #expect(error?.location.line == 3)
        #expect(error?.location.column == 3)
        #expect(error?.location.field == "b")
        #expect(error?.kind.name == "invalid-cell")
    }

    @Test("a row of another width is refused, a missing column named")
    func shapes() throws {
        let folder = try TemporaryFolder()
        let ragged = try write("a,b\n1,2\n3\n", "p1_a.csv", in: folder)
        let reader = try reader("rate_hz: 100\ndelimited: {channels: [a, b]}")
        let width = #expect(throws: IngestError.self) { try reader.read(ragged) }
        #expect(width?.kind == .fieldCount(expected: 2, found: 1))
        let other = try write("a,c\n1,2\n", "p1_b.csv", in: folder)
        let column = #expect(throws: IngestError.self) { try reader.read(other) }
        #expect(column?.kind == .missingColumn(name: "b", found: ["a", "c"]))
    }

    @Test("the pieces of a LibEMG folder are one recording, cut where they join")
    func libEMG() throws {
        let folder = try TemporaryFolder()
        for repetition in 0..<2 {
            for label in 0..<2 {
                let rows = (0..<30).map { "\($0 + label),\(repetition),3" }
                _ = try write(
                    rows.joined(separator: "\n"),
                    "subject1/trial_2/R_\(repetition)_C_\(label).csv", in: folder)
            }
        }
        _ = try write(
            #"{"x": 1, "a/R_0_C_0.csv": {"class_idx": 0, "class_name": "Open"}, "#
                + #""a/R_0_C_1.csv": {"class_idx": 1, "class_name": "Close"}}"#,
            "subject1/trial_2/metadata.json", in: folder)
        let url = folder.url.appending(path: "subject1/trial_2")
        let reader = try shipped("libemg")
        let outcome = try ReaderConformance.check(reader, url, isFolder: true)
        let recording = outcome.recording
        #expect(recording.identity.id == "subject1/2/gestures")
        #expect(recording.sampleCount == 120)
        #expect(recording.labels?.classNames == ["Close", "Open"])
        #expect(recording.labels?.runs.map(\.label) == [1, 0, 1, 0])
        #expect(
            recording.quality.filter { $0.kind == .gap }.map(\.range.start) == [30, 60, 90])
        let found = SourceSearch.search([folder.url], registry: .standard)
        #expect(found.sources.map(\.format) == ["libemg"])
        #expect(found.sources.first?.files.count == 5)
        #expect(found.skipped == [])
    }

    @Test("signals of two rates are two parts, the EMG first; short ones end early")
    func trigno() throws {
        let folder = try TemporaryFolder()
        var text = ""
        for (label, hertz, count) in [("Biceps: EMG 1", 1_000.0, 40), ("Biceps: ACC X", 100, 4)] {
            text +=
                "Label: \(label) Sampling frequency: \(hertz) Number of points: \(count) "
                + "start: 0 Unit: V Domain Unit: s\n"
        }
        text += "\nX[s],\"Biceps: EMG 1\",X[s],\"Biceps: ACC X\"\n"
        for row in 0..<40 {
            text += "\(Double(row) / 1_000),\(row),"
            text += row < 4 ? "\(Double(row) / 100),\(100 + row)\n" : ",\n"
        }
        let url = try write(text, "day/p1_a.csv", in: folder)
        let reader = try shipped("trigno-csv")
        let main = try ReaderConformance.check(reader, url)
        #expect(main.recording.samplingRate.hertz == 1_000)
        #expect(main.recording.samples.values == (0..<40).map(Float.init))
        #expect(main.recording.channels.map(\.unit) == ["V"])
        #expect(main.warnings.contains { $0.kind == .partLeftOut })
        let taken = try Ingestion(reader: reader, options: ReadOptions(parts: .all)).take(url)
        #expect(taken.map(\.header.sampleCount) == [40, 4])
        #expect(taken.map(\.header.identity.run) == ["", "100Hz"])
        let named = try reader.read(url, options: ReadOptions(parts: .named("100Hz")))
        #expect(named.recording.samples.values == [100, 101, 102, 103])
    }

    @Test("the wrapping counter of OpenSignals shows what is missing")
    func openSignals() throws {
        let folder = try TemporaryFolder()
        var text =
            "# OpenSignals Text File Format. Version 1\n"
            + #"# {"00:07": {"sensor": ["EMG", "EMG"], "column": ["nSeq", "I1", "A1", "A2"], "#
            + #""sampling rate": 1000, "resolution": [4, 1, 10, 10], "date": "2020-1-1"}}"#
            + "\n# EndOfHeader\n"
        // 40 rows of a 4-bit counter, 3 of them lost behind the 20th.
        for row in (0..<43) where !(20..<23).contains(row) {
            text += "\(row % 16)\t0\t\(row)\t\(2 * row)\t\n"
        }
        let url = try write(text, "day/p1_a.txt", in: folder)
        let reader = try ReaderRegistry.standard.reader(for: url)
        #expect(reader.formatName == "opensignals")
        let recording = try ReaderConformance.check(reader, url).recording
        #expect(recording.channels.map(\.name) == ["A1", "A2"])
        #expect(recording.samplingRate.hertz == 1_000)
        #expect(recording.sampleCount == 40)
        #expect(recording.quality.filter { $0.kind == .gap }.map(\.range.start) == [20])
        #expect(recording.history.first?.parameters["rows_missing_by_counter"] == .integer(3))
    }

    @Test("class 0 of the UCI gestures is nobody's, not rest")
    func uci() throws {
        let folder = try TemporaryFolder()
        var text = "time\t" + (1...8).map { "channel\($0)" }.joined(separator: "\t") + "\tclass\n"
        for row in 0..<60 {
            text += "\(row * 1)\t" + (1...8).map { "\($0)e-05" }.joined(separator: "\t")
            text += "\t\(row / 20)\n"
        }
        let url = try write(text, "01/1_raw_data_11-08_21.03.16.txt", in: folder)
        let reader = try ReaderRegistry.standard.reader(for: url)
        #expect(reader.formatName == "uci-gestures")
        let recording = try reader.read(url).recording
        #expect(recording.labels?.classNames == ["unlabeled", "fist", "rest"])
        #expect(recording.labels?.runs.map(\.label) == [0, 2, 1])
        #expect(recording.samplingRate.hertz == 1_000)
        #expect(recording.samples[0, 7] == 8e-05)
        #expect(recording.identity.id == "01/1/gestures")
    }

    @Test("random damage gives an error or a recording, never a crash", arguments: 0..<4)
    func damage(part: Int) throws {
        let folder = try TemporaryFolder()
        var text = "time\t" + (1...8).map { "channel\($0)" }.joined(separator: "\t") + "\tclass\n"
        for row in 0..<20 {
            text += "\(row)\t" + (1...8).map { "\($0)e-05" }.joined(separator: "\t") + "\t1\n"
        }
        var random = SeededGenerator(seed: UInt64(part), stream: "delimited")
        for round in 0..<60 {
            var bytes = Array(text.utf8)
            for _ in 0...Int(random.next() % 6) {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(
                    truncatingIfNeeded: random.next())
            }
            let url = folder.url.appending(path: "\(round).txt")
            try Data(bytes).write(to: url)
            for reader in SourceTemplate.shipped.compactMap(DelimitedReader.init) {
                do throws(IngestError) {
                    _ = try reader.read(url)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}

@Suite("Patterns of places")
struct PathPatternTests {
    @Test(
        "a pattern captures what stands between its texts",
        arguments: [
            (
                "{patient}/trial_{session}/R_{repetition}_C_{label}.csv",
                "/lab/s1/trial_2/R_0_C_13.csv", ["s1", "2", "0", "13"]
            ),
            ("{patient}_{condition}.csv", "/x/p7_1_2.csv", ["p7", "1_2"]),
            ("{patient}{*}.txt", "/x/a.b.txt", nil),
            ("{patient}-{*}-{run}.txt", "/x/a-b-c.txt", ["a", "c"]),
            ("{patient}.csv", "/x/.csv", nil),
            ("a/{patient}.csv", "/b/p.csv", nil),
        ] as [(String, String, [String]?)])
    func captures(pattern: String, path: String, expected: [String]?) throws {
        let pattern = try #require(PathPattern(pattern))
        let found = pattern.captures(of: URL(filePath: path))
        let order: [PathPattern.Capture] = [
            .patient, .session, .condition, .repetition, .label, .run,
        ]
        #expect(found.map { found in order.compactMap { found[$0] } } == expected)
    }

    @Test(
        "unknown captures and open braces are refused",
        arguments: ["{who}.csv", "{patient.csv", "a//b"])
    func refused(pattern: String) {
        #expect(PathPattern(pattern) == nil)
    }
}
