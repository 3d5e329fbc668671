import Documents
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Labels of delimited text from a table of events beside it")
struct DelimitedEventsTests {
    private func template(_ delimited: String = "", more: String = "") throws -> SourceTemplate {
        try SourceTemplate(
            "unit: mV\n\(more)\ndelimited:\n  events: \"{name}_events.tsv\"\n\(delimited)",
            document: "t.yaml", name: "t")
    }

    private func read(
        _ rows: String, events: String?, _ delimited: String = "", more: String = "rate_hz: 10",
        options: ReadOptions = ReadOptions()
    ) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.csv")
        try Data(rows.utf8).write(to: url)
        if let events {
            try Data(events.utf8).write(to: folder.url.appending(path: "p1_a_events.tsv"))
        }
        return try #require(DelimitedReader(try template(delimited, more: more)))
            .read(url, options: options)
    }

    private func rows(_ count: Int) -> String {
        "a\n" + (0..<count).map { "\($0 % 7).5\n" }.joined()
    }

    private func names(_ outcome: IngestOutcome) throws -> [String] {
        let labels = try #require(outcome.recording.labels)
        return labels.values.map { labels.classNames[Int($0)] }
    }

    private static let table =
        "onset\tduration\ttrial_type\treaction_s\n"
        + "0.2\t0.3\topen\t0.1\n0.5\t0.2\tclose\tn/a\n"

    @Test func `events are laid over the rows by the rate`() throws {
        let outcome = try read(rows(10), events: Self.table)
        #expect(
            try names(outcome)
                == ["unlabeled", "unlabeled", "open", "open", "open", "close", "close"]
                + ["unlabeled", "unlabeled", "unlabeled"])
        #expect(outcome.recording.labels?.classNames == ["unlabeled", "close", "open"])
    }

    @Test func `time stamps are the clock where there are some`() throws {
        // 10 Hz, but the first stamp is 100 s and a second is missing behind the third row.
        let stamps = [100.0, 100.1, 100.2, 101.3, 101.4, 101.5, 101.6, 101.7]
        let text = "t,a\n" + stamps.map { "\($0),1.\(Int($0 * 10) % 9)\n" }.joined()
        let outcome = try read(
            text, events: "onset\tduration\ttrial_type\n0.15\t1.25\topen\n",
            "  time: {column: t}")
        #expect(
            try names(outcome) == [
                "unlabeled", "unlabeled", "open", "open", "unlabeled", "unlabeled", "unlabeled",
                "unlabeled",
            ])
    }

    @Test func `rows that a counter says are missing have their time`() throws {
        let counts = [0, 1, 2, 6, 7, 8]
        let text = "n,a\n" + counts.map { "\($0),\($0).25\n" }.joined()
        let outcome = try read(
            text, events: "onset\tduration\ttrial_type\n0.2\t0.5\topen\n", "  counter: {column: n}")
        #expect(
            try names(outcome)
                == ["unlabeled", "unlabeled", "open", "open", "unlabeled", "unlabeled"])
        #expect(outcome.recording.quality.map(\.kind) == [.gap])
    }

    @Test func `the names of events mean what the template says`() throws {
        let outcome = try read(
            rows(6), events: "onset\tduration\ttrial_type\n0\t0.2\tA\n0.2\t0.2\tcue\n0.4\t0.2\tb\n",
            more: "rate_hz: 10\nclasses: {A: open}\nunlabeled: [cue]")
        #expect(
            try names(outcome) == ["open", "open", "unlabeled", "unlabeled", "b", "b"])
    }

    @Test func `events that mark samples as bad are marks of quality`() throws {
        let counts = [0, 1, 2, 6, 7, 8, 9, 10]
        let text = "n,a,b\n" + counts.map { "\($0),\($0).25,1.\($0)\n" }.joined()
        let outcome = try read(
            text,
            events: "onset\tduration\ttrial_type\n0\t0.2\topen\n0.6\t0.2\tBAD_cough\n"
                + "0.9\t0.2\tBAD_loose@@b\n",
            "  counter: {column: n}")
        let bad = outcome.recording.quality.filter { $0.kind == .markedBad }
        #expect(bad.map(\.range.indices) == [3..<5, 6..<8])
        #expect(bad.map(\.channel) == [nil, 1])
        #expect(try names(outcome).filter { $0 == "open" }.count == 2)
    }

    @Test func `the whole table stands in the history and in an inspection`() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.csv")
        try Data(rows(10).utf8).write(to: url)
        try Data(Self.table.utf8).write(to: folder.url.appending(path: "p1_a_events.tsv"))
        let options = ReadOptions(template: try template(more: "rate_hz: 10"))
        let inspection = try RecordingInspection.inspect(
            url, options: options, registry: .standard)
        let events = try #require(inspection.events)
        #expect(events.columns == ["onset", "duration", "trial_type", "reaction_s"])
        #expect(events.rows == [["0.2", "0.3", "open", "0.1"], ["0.5", "0.2", "close", nil]])
        #expect(events.count == 2)
        #expect(inspection.text.contains("    0.5    0.2       close       n/a"))
        #expect(inspection.json.contains("\"reaction_s\""))
    }

    @Test func `the digest covers both files, and the table is no source of its own`() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.csv")
        let table = folder.url.appending(path: "p1_a_events.tsv")
        try Data(rows(10).utf8).write(to: url)
        try Data(Self.table.utf8).write(to: table)
        let options = ReadOptions(
            identity: IdentityOverride(patient: "p1", session: "s", condition: "a"),
            template: try template(more: "rate_hz: 10"))
        let search = SourceSearch.search([folder.url], registry: .standard, options: options)
        #expect(
            search.sources.map(\.files) == [[url, table]].map { $0.map(\.standardizedFileURL) })
        #expect(search.skipped.isEmpty && search.refused.isEmpty)
        let digest = try search.sources[0].sha256()
        let sums = try Shell.run(
            "cd \(folder.url.path()) && sha256sum p1_a.csv p1_a_events.tsv | sha256sum")
        #expect(sums.output.hasPrefix(digest))
    }

    @Test func `a file without a table has no labels, which is said`() throws {
        let outcome = try read(rows(10), events: nil)
        #expect(outcome.recording.labels == nil)
        #expect(outcome.warnings.contains { $0.message.contains("no table of events beside") })
    }

    @Test func `a table without events gives no labels`() throws {
        let outcome = try read(rows(10), events: "onset\tduration\ttrial_type\n")
        #expect(outcome.recording.labels == nil)
    }

    @Test func `events behind the last row are cut or told of`() throws {
        let outcome = try read(
            rows(4),
            events: "onset\tduration\ttrial_type\n0.2\t9\topen\n5\t1\tclose\n")
        #expect(try names(outcome) == ["unlabeled", "unlabeled", "open", "open"])
        #expect(
            outcome.warnings.contains {
                $0.message.contains("1 event lies outside the recording")
            })
    }

    @Test func `a wrong onset is refused with line and column`() throws {
        let error = try #require(throws: IngestError.self) {
            try read(rows(4), events: "onset\tduration\ttrial_type\n0\t1\ta\nsoon\t1\tb\n")
        }
        #expect(error.location.file.hasSuffix("p1_a_events.tsv"))
        #expect(error.location.line == 3 && error.location.column == 1)
    }

    @Test func `without a rate the text of the error says what to do`() throws {
        let error = try #require(throws: IngestError.self) {
            try read(rows(4), events: Self.table, more: "")
        }
        #expect(error.hint.contains("--rate"))
        let outcome = try read(
            rows(10), events: Self.table, more: "", options: ReadOptions(samplingRateHertz: 10))
        #expect(try names(outcome).filter { $0 == "open" }.count == 3)
    }

    @Test(arguments: [
        ("  label: b", "in a column or in a table of events"),
        ("  pieces: folder", "labels in their names"),
    ])
    func `labels come from one place`(delimited: String, message: String) throws {
        let error = try #require(throws: DocumentError.self) { try template(delimited) }
        #expect(error.hint.contains(message))
    }

    @Test(arguments: ["../{name}.tsv", "a/b.tsv", "..", ""])
    func `the table lies in the same folder`(name: String) throws {
        #expect(throws: DocumentError.self) {
            try SourceTemplate(
                "delimited: {events: \"\(name)\"}", document: "t.yaml", name: "t")
        }
    }

    // MARK: - Lines that were not finished

    @Test(arguments: ["5", "5,", "5,1", "5,1.2", "5,1.25,", "5,1.25,7", "5,1.25,7,", "\u{0}\u{0}"])
    func `of a recording that was stopped within a line the whole lines are read`(
        torn: String
    ) throws {
        let whole = "n,a,b\n" + (0..<5).map { "\($0),\($0).25,7.5\n" }.joined()
        let layout = "  counter: {column: n}\n  whole_lines: true"
        let outcome = try read(whole + torn, events: Self.table, layout)
        #expect(outcome.recording.samples.values.count == 10)
        #expect(outcome.warnings.filter { $0.kind == .truncated }.count == 1)
        #expect(outcome.warnings.allSatisfy { $0.kind != .noFinalNewline })
        let intact = try read(whole, events: Self.table, layout)
        #expect(intact.warnings.allSatisfy { $0.kind != .truncated })
        #expect(intact.recording.samples == outcome.recording.samples)
        #expect(intact.recording.labels == outcome.recording.labels)
    }

    @Test(arguments: ["n,a", "n,a\n", "n,a\n0", "n,a\n0,1.5"])
    func `one that has no whole row is refused as such`(text: String) throws {
        let error = try #require(throws: IngestError.self) {
            try read(text, events: nil, "  whole_lines: true")
        }
        #expect(error.description.contains("no row of numbers"), "\(error)")
    }
}
