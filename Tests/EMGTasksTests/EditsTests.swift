import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Edit files")
struct EditsTests {
    private static let time = "2026-11-21T13:00:00Z"
    private static let id = "p1/day1/111"

    private static func journal(
        _ actions: [EditDecision.Action], of id: String = id
    ) -> EditJournal {
        var journal = EditJournal()
        for action in actions { journal.append(action, to: id, by: "ana", at: time) }
        return journal
    }

    private static func parsed(_ text: String) throws(DocumentError) -> EditJournal {
        try EditJournal(Document(json: text.utf8, name: "edits.json").cursor)
    }

    private static let everything: [EditDecision.Action] = [
        .review(.approved), .review(.rejected), .review(.flagged), .review(.unseen),
        .note("a \"quoted\" note\nof two lines, \u{1F9BE}\u{2028}"),
        .relabel(SampleRange(start: 3, end: 9), className: "open"),
        .exclude(SampleRange(start: 0, end: 5)), .include(SampleRange(start: 2, end: 4)),
        .excludeChannel("emg 1"), .includeChannel("emg 1"),
        .relabel(SampleRange(start: 1, end: 2), className: "pinch", isNew: true),
        .label(
            [
                LabeledRange(SampleRange(start: 4, end: 8), className: "pinch"),
                LabeledRange(SampleRange(start: 6, end: 7), className: "unlabeled"),
            ], origin: "events.tsv"),
        .rename(Renaming(patient: "p9", session: "day2", condition: "x", run: "2")),
        .rename(Renaming(scope: .patient, patient: "p9")), .undo(3),
    ]

    @Test("what is written is read back, one decision a line")
    func roundTrip() throws {
        let journal = Self.journal(Self.everything)
        #expect(try Self.parsed(journal.json) == journal)
        #expect(journal.json.split(separator: "\n").count == Self.everything.count + 7)
    }

    @Test(
        "an edit file fits its schema",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func schema() throws {
        let text = Self.journal(Self.everything).json
        let wrong = [
            text.replacing("\"open\"", with: "7"), text.replacing("\"by\"", with: "\"who\""),
            text.replacing("\"approve\"", with: "\"maybe\""),
        ]
        let answers = try JSONSchemaCheck.fits([text] + wrong, schema: "edits.schema.json")
        #expect(answers == [true, false, false, false])
    }

    @Test("an undone decision does not count, and undoing the undoing brings it back")
    func undo() {
        var journal = Self.journal([.review(.approved), .review(.rejected)])
        #expect(journal.undoable?.number == 2)
        journal.append(.undo(2), to: Self.id, by: "ana", at: Self.time)
        #expect(journal.recordings[Self.id]?.state == .approved)
        #expect(journal.redoable?.number == 3)
        journal.append(.undo(3), to: Self.id, by: "ben", at: Self.time)
        #expect(journal.recordings[Self.id]?.state == .rejected)
        #expect(journal.recordings[Self.id]?.verdict?.by == "ana")
        #expect(journal.redoable == nil)
        for _ in 0..<2 {
            let number = journal.undoable?.number ?? 0
            journal.append(.undo(number), to: Self.id, by: "ana", at: Self.time)
        }
        #expect(journal.undoable == nil)
        #expect(journal.recordings[Self.id] == nil || journal.recordings[Self.id]?.state == .unseen)
    }

    @Test("undone as often as one likes and redone, a journal is what it was", arguments: 1...20)
    func undoLaw(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var journal = EditJournal()
        var states: [[String: RecordingEdits]] = [[:]]
        for _ in 0..<12 {
            let id = "p\(generator.integer(below: 2))/s/c"
            let action = Self.everything[generator.integer(below: Self.everything.count - 1)]
            journal.append(action, to: id, by: "ana", at: Self.time)
            states.append(journal.recordings)
        }
        let steps = 1 + generator.integer(below: 12)
        for step in 0..<steps {
            let undone = journal.undoable
            journal.append(
                .undo(undone?.number ?? 0), to: undone?.recording ?? "", by: "ana", at: Self.time)
            #expect(Self.meaning(journal.recordings) == Self.meaning(states[11 - step]))
        }
        for step in 0..<steps {
            let redone = journal.redoable
            journal.append(
                .undo(redone?.number ?? 0), to: redone?.recording ?? "", by: "ana", at: Self.time)
            #expect(Self.meaning(journal.recordings) == Self.meaning(states[13 - steps + step]))
        }
    }

    /// A recording about which nothing counts is as one that was never decided about.
    private static func meaning(_ edits: [String: RecordingEdits]) -> [String: RecordingEdits] {
        edits.filter { $0.value != RecordingEdits() }
    }

    @Test(
        "hostile files are refused with line, path and reason",
        arguments: [
            (#""action": "approve""#, #""action": "aprove""#, "$.decisions[0].action", "approve"),
            (#""number": 1"#, #""number": 2"#, "$.decisions[0].number", "expected 1"),
            (#""recording": "p1/"#, #""recording": "../"#, "$.decisions[0].recording", "id"),
            (#""recording": "p1/day1/111""#, #""recording": "p1/day1""#, "recording", "id"),
            (#""recording": "p1/day1/111""#, #""recording": "p1/day1/a/b""#, "recording", "id"),
            (#""recording": "p1/day1/111""#, #""recording": "p1\\day1/x/111""#, "recording", "id"),
            (#""by": "ana""#, #""by": """#, "$.decisions[0].by", "name"),
            (#""at": "2026"#, #""at": "yesterday 2026"#, "$.decisions[0].at", "time"),
            (#""by": "ana""#, #""by": "ana", "extra": 1"#, "$.decisions[0]", "extra"),
            (#""format_version": 1"#, #""format_version": 2"#, "$.format_version", "1"),
            (#""format": "myotask.edits""#, #""format": "other""#, "$.format", "myotask.edits"),
            (#""start": 3"#, #""start": 9"#, "$.decisions[1].end", "10"),
            (#""start": 3"#, #""start": -3"#, "$.decisions[1].start", "0"),
            (#""end": 9"#, #""end": 9e30"#, "$.decisions[1].end", "whole number"),
            (#""undoes": 1"#, #""undoes": 6"#, "$.decisions[2].undoes", "earlier"),
            (#""undoes": 1"#, #""undoes": 0"#, "$.decisions[2].undoes", "1"),
            (#""end": 8"#, #""end": 4"#, "$.decisions[3].intervals[0].end", "5"),
            (#", "class": "pinch""#, "", "$.decisions[3].intervals[0]", "class"),
            (#"{"start": 4, "end": 8, "class": "pinch"}"#, "", "intervals", "at least 1"),
            (#""scope": "patient""#, #""scope": "all""#, "$.decisions[4].scope", "session"),
            (#""patient": "p9", "#, "", "$.decisions[4]", "a new name"),
            (#""patient": "p9""#, #""patient": "../p9""#, "$.decisions[4].patient", "a path"),
        ])
    func hostile(replaced: String, by other: String, path: String, reason: String) throws {
        let journal = Self.journal([
            .review(.approved), .relabel(SampleRange(start: 3, end: 9), className: "open"),
            .undo(1),
            .label(
                [LabeledRange(SampleRange(start: 4, end: 8), className: "pinch")],
                origin: "events.tsv"),
            .rename(Renaming(scope: .patient, patient: "p9")),
        ])
        let text = journal.json
        let range = try #require(text.range(of: replaced))
        let changed = text.replacingCharacters(in: range, with: other)
        let error = #expect(throws: DocumentError.self) { try Self.parsed(changed) }
        let message = try #require(error).description
        #expect(message.contains(path) && message.contains(reason), "\(message)")
        #expect(error?.position != nil)
    }

    @Test("a file changed at random is read or refused, never more", arguments: 1...200)
    func mutated(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var bytes = Array(Self.journal(Self.everything).json.utf8)
        for _ in 0...generator.integer(below: 6) {
            let place = generator.integer(below: bytes.count)
            switch generator.integer(below: 3) {
            case 0: bytes[place] = UInt8(generator.integer(below: 256))
            case 1: bytes.remove(at: place)
            default: bytes.insert(bytes[generator.integer(below: bytes.count)], at: place)
            }
        }
        do throws(DocumentError) {
            let journal = try EditJournal(Document(json: bytes, name: "edits.json").cursor)
            _ = journal.recordings
        } catch {
            #expect(!error.description.isEmpty)
        }
    }

    // MARK: - In a build

    /// A collection that was built with edits, and what it was built from.
    private struct Built {
        let manifest: CollectionManifest
        let report: BuildReport
        let tensors: [String: TaskTensors]
        let recordings: [String: Recording]
    }

    /// Builds a study with edits of its first recording; everyone is approved.
    private static func build(
        _ actions: [EditDecision.Action], take: EditSelection.Take = .approved,
        change: (inout EditJournal) -> Void = { _ in }
    ) throws -> Built {
        let study = try StudyInFolder()
        var journal = EditJournal()
        for entry in try study.archive.recordings() {
            journal.append(.review(.approved), to: entry.id, by: "ana", at: time)
        }
        for action in actions { journal.append(action, to: id, by: "ana", at: time) }
        change(&journal)
        let url = study.folder.url.appending(path: "edits.json")
        try Data(journal.json.utf8).write(to: url)
        var configuration = StudyInFolder.configuration
        configuration.edits = EditSelection(file: url, take: take)
        let before = try study.archive.recordings().map { try Data(contentsOf: $0.url) }
        let report = try CollectionBuilder(configuration: configuration)
            .build(from: study.archive, to: study.manifestURL)
        let after = try study.archive.recordings().map { try Data(contentsOf: $0.url) }
        #expect(before == after, "the archive stays as it is")
        let verification = try CollectionVerification.verify(
            study.manifestURL, from: study.archive, edits: url)
        #expect(verification.differences.isEmpty, "\(verification.differences)")
        #expect(throws: TaskError.self) {
            try CollectionVerification.verify(study.manifestURL, from: study.archive)
        }
        let recordings = try study.archive.recordings().map { ($0.id, try study.archive.read($0)) }
        let file = try CollectionFile.open(study.manifestURL)
        return Built(
            manifest: file.manifest, report: report,
            tensors: Dictionary(
                uniqueKeysWithValues: try file.manifest.tasks.map {
                    ($0.id, try file.tensors(for: $0.id))
                }), recordings: Dictionary(uniqueKeysWithValues: recordings))
    }

    @Test("new labels are those of the windows, and only where they were painted")
    func relabel() throws {
        let plain = try Self.build([])
        let painted = SampleRange(start: 380, end: 400)
        let built = try Self.build([.relabel(painted, className: "close")])
        #expect(built.report.refused.isEmpty)
        let before = try #require(plain.tensors[Self.id])
        let after = try #require(built.tensors[Self.id])
        #expect(before.query.starts == after.query.starts)
        var changed = 0
        for (start, labels) in zip(after.query.starts, zip(before.query.labels, after.query.labels))
        {
            let last = Int(start) + 19
            if painted.indices.contains(last) {
                #expect(labels.1 == 2)
                changed += labels.0 == 2 ? 0 : 1
            } else {
                #expect(labels.0 == labels.1)
            }
        }
        #expect(changed > 0)
        let quality = try #require(built.manifest.tasks.first { $0.id == Self.id }).quality
        #expect(quality.contains(QualityInterval(range: painted, channel: nil, kind: .relabeled)))
    }

    @Test("no window and no coefficient sees an excluded range")
    func exclude() throws {
        let ranges = [SampleRange(start: 20, end: 40), SampleRange(start: 300, end: 310)]
        let built = try Self.build(ranges.map { .exclude($0) })
        let task = try #require(built.manifest.tasks.first { $0.id == Self.id })
        let tensors = try #require(built.tensors[Self.id])
        for start in tensors.support.starts + tensors.query.starts {
            let window = SampleRange(start: Int(start), end: Int(start) + 20)
            #expect(ranges.allSatisfy { !$0.overlaps(window) })
        }
        #expect(task.support.ranges.allSatisfy { part in ranges.allSatisfy { !$0.overlaps(part) } })
        let recording = try #require(built.recordings[Self.id])
        let support = task.support.ranges.flatMap { Array($0.indices) }
        let mean =
            support.reduce(0.0) { $0 + Double(recording.samples[$1, 0]) } / Double(support.count)
        #expect(abs(task.normalization.offset[0] - mean) < 1e-6 * abs(mean))
    }

    @Test("an excluded channel is silent, the others are as before")
    func excludeChannel() throws {
        let plain = try #require(Self.build([]).tensors[Self.id]).signal
        let built = try Self.build([.excludeChannel("emg1")])
        let silent = try #require(built.tensors[Self.id]).signal
        for sample in 0..<plain.sampleCount {
            #expect(silent[sample, 1] == 0)
            #expect(silent[sample, 0] == plain[sample, 0] && silent[sample, 2] == plain[sample, 2])
        }
        #expect(!built.report.warnings.contains { $0.contains("emg1") })
    }

    @Test("only approved recordings are taken, or all that are not rejected")
    func take() throws {
        let reject = { (journal: inout EditJournal) in
            journal.append(.review(.unseen), to: "p4/day1/111", by: "ana", at: Self.time)
            journal.append(.review(.rejected), to: Self.id, by: "ana", at: Self.time)
        }
        let approved = try Self.build([], change: reject)
        #expect(!approved.manifest.tasks.map(\.id).contains("p4/day1/111"))
        #expect(!approved.manifest.tasks.map(\.id).contains(Self.id))
        let unrejected = try Self.build([], take: .unrejected, change: reject)
        #expect(unrejected.manifest.tasks.map(\.id).contains("p4/day1/111"))
        #expect(!unrejected.manifest.tasks.map(\.id).contains(Self.id))
    }

    @Test("the manifest's history names the edit file and its SHA-256")
    func history() throws {
        let built = try Self.build([.note("hum")])
        let step = try #require(built.manifest.history.last)
        #expect(step.parameters["edits.file"] == .text("edits.json"))
        #expect(step.parameters["edits.take"] == .text("approved"))
        #expect(step.parameters["edits.decisions"] == .integer(5))
        guard case .text(let sha256)? = step.parameters["edits.sha256"] else {
            Issue.record("no SHA-256")
            return
        }
        #expect(sha256.count == 64)
    }

    @Test(
        "a decision that does not fit costs its recording, and says where it stands",
        arguments: [
            (EditDecision.Action.exclude(SampleRange(start: 0, end: 9_999)), "at most 415"),
            (.relabel(SampleRange(start: 0, end: 9), className: "opne"), "did you mean \"open\"?"),
            (.excludeChannel("emg9"), "emg0, emg1, emg2"),
        ])
    func mismatch(action: EditDecision.Action, reason: String) throws {
        let study = try StudyInFolder()
        var journal = EditJournal()
        for entry in try study.archive.recordings() {
            journal.append(.review(.approved), to: entry.id, by: "ana", at: Self.time)
        }
        journal.append(action, to: Self.id, by: "ana", at: Self.time)
        let url = study.folder.url.appending(path: "edits.json")
        try Data(journal.json.utf8).write(to: url)
        var configuration = StudyInFolder.configuration
        configuration.edits = EditSelection(file: url)
        let report = try CollectionBuilder(configuration: configuration)
            .build(from: study.archive, to: study.manifestURL)
        #expect(report.refused.map(\.subject) == [Self.id])
        let text = try #require(report.refused.first).reason
        #expect(text.contains("edits.json:10:") && text.contains("$.decisions[4]"), "\(text)")
        #expect(text.contains(reason), "\(text)")
        #expect(report.manifest.tasks.count == 3)
    }

    @Test("a configuration names the edit file from its own folder")
    func configuration() throws {
        let yaml = "window: {length: 20, stride: 5}\nedits: {file: e/x.json, take: not_rejected}\n"
        let document = try Document(yaml: yaml.utf8, name: "/lab/study.yaml")
        let selection = try #require(try CollectionConfiguration(document.cursor).edits)
        #expect(selection.file.path() == "/lab/e/x.json")
        #expect(selection.take == .unrejected)
        let wrong = try Document(
            yaml: yaml.replacing("not_rejected", with: "aproved").utf8, name: "study.yaml")
        let error = #expect(throws: DocumentError.self) {
            try CollectionConfiguration(wrong.cursor)
        }
        #expect(error?.path == "$.edits.take")
    }
}
