import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("myotask label")
struct LabelCommandTests {
    /// A bipolar laboratory with when its people really moved, converted, without labels.
    private struct Laboratory: ~Copyable {
        let folder: TemporaryFolder
        let archive: URL
        let movements: URL

        init(patients: Int = 2) throws {
            let folder = try TemporaryFolder()
            let archive = folder.url.appending(path: "archive")
            let movements = folder.url.appending(path: "movements")
            let lab = try makeLaboratory(
                in: folder.url, style: "bipolar", patients: patients,
                extra: ["--movements", movements.path()])
            _ = try CommandRun(["convert", lab.path(), "--output", archive.path()])
            self.folder = folder
            self.archive = archive
            self.movements = movements
        }

        var edits: URL { folder.url.appending(path: "archive.edits.json") }

        /// Takes the labels away from every recording.
        func stripLabels() throws {
            let archive = RecordingArchive(folder: archive)
            for entry in try archive.recordings() {
                var recording = try archive.read(entry)
                recording.labels = nil
                try archive.write(recording)
            }
        }

        func label(_ arguments: String...) throws -> CommandRun {
            try CommandRun(["label"] + arguments, in: folder.url)
        }

        func journal() throws -> EditJournal { try EditFile(contentsOf: edits).journal }
    }

    private static let id = "p1/2024_03_04_p1/111"

    @Test(
        "tables in folders become labels of the recordings whose names they have, in one decision each"
    )
    func importFolder() throws {
        let lab = try Laboratory()
        try lab.stripLabels()
        let dry = try lab.label("import", "archive", "movements", "--dry-run")
        #expect(dry.status == 0 && dry.output.contains("nothing was written"), "\(dry.problems)")
        let run = try lab.label("import", "archive", "movements", "--reviewer", "ana")
        #expect(run.status == 0, "\(run.problems)")
        #expect(run.output.contains("\(Self.id): close 3, open 3, "), "\(run.output)")
        let decisions = try lab.journal().decisions
        #expect(
            decisions.map(\.by) == ["ana", "ana"]
                && decisions.map(\.action.name) == ["label", "label"])
        let table = try String(
            contentsOf: lab.movements.appending(path: "2024_03_04_p1/p1_111_events.tsv"),
            encoding: .utf8
        ).split(separator: "\n")[1].split(separator: "\t")
        let onset = try #require(Double(table[0])), duration = try #require(Double(table[1]))
        let first = try #require(try lab.journal().recordings[Self.id]?.relabelings.first)
        // 1000 samples a second: milliseconds are samples.
        #expect(first.range.start == Int((onset * 1_000).rounded()))
        #expect(first.range.end == Int(((onset + duration) * 1_000).rounded()))
        #expect(first.className == String(table[2]))

        // What was labeled can be learned: rest is what no event covers.
        try """
        window: {length: 150, stride: 75}
        split: {rule: fraction, fraction: 0.5}
        classes: {rename: {unlabeled: rest}}
        edits: {file: archive.edits.json, take: not_rejected}
        """.write(
            to: lab.folder.url.appending(path: "c.yaml"), atomically: true, encoding: .utf8)
        let build = try CommandRun(
            ["build", "archive", "--config", "c.yaml", "--output", "study"], in: lab.folder.url)
        #expect(build.status == 0, "\(build.problems)")
        let manifest = try CollectionManifest(
            contentsOf: lab.folder.url.appending(path: "study.json"))
        #expect(Set(manifest.classes) == ["rest", "close", "open"] && manifest.tasks.count == 2)
        let verify = try CommandRun(
            ["verify", "study.json", "--archive", "archive", "--edits", "archive.edits.json"],
            in: lab.folder.url)
        #expect(verify.status == 0, "\(verify.output)\(verify.problems)")
    }

    @Test(
        "one table for one recording; a fault has file, line and column, and the others are imported"
    )
    func importFaults() throws {
        let lab = try Laboratory()
        try "when;what\n100;pinch\n900;open\n".write(
            to: lab.folder.url.appending(path: "mine.csv"), atomically: true, encoding: .utf8)
        let named = try lab.label(
            "import", "archive", "mine.csv", "--recording", Self.id, "--onset-column", "when",
            "--label-column", "what", "--unit", "ms", "--replace", "--json")
        #expect(named.status == 0, "\(named.problems)")
        let intervals = try Document(json: named.output.utf8, name: "output").root.value(
            at: [.member("recordings"), .element(0), .member("intervals"), .element(1)])
        #expect(intervals?.json() == #"{"class":"pinch","end":900,"start":100}"#)
        let bad = lab.movements.appending(path: "2024_03_04_p1/p1_111_events.tsv")
        try "onset\tduration\ttrial_type\n1.0\tlong\topen\n".write(
            to: bad, atomically: true, encoding: .utf8)
        try "onset,label\n1,a\n".write(
            to: lab.movements.appending(path: "p9_111.csv"), atomically: true, encoding: .utf8)
        let run = try lab.label("import", "archive", "movements")
        #expect(run.status == 1)
        #expect(run.problems.contains("p1_111_events.tsv:2:5: column duration"), "\(run.problems)")
        #expect(run.problems.contains("p9_111.csv") && run.problems.contains("--recording"))
        #expect(run.output.contains("p2/2024_03_07_p2/111: close 3, open 3"), "\(run.output)")
    }

    @Test("onsets are proposed, written when they are accepted, and taken back by one undoing")
    func detect() throws {
        let lab = try Laboratory()
        try lab.stripLabels()
        let proposal = try lab.label(
            "detect", "archive", "--class", "grip", "--rest", "rest", "--recording", "p1")
        #expect(proposal.status == 0, "\(proposal.problems)")
        #expect(proposal.output.contains("\(Self.id): 6 movements; grip 6, rest 1"))
        #expect(proposal.output.contains("--accept writes it"))
        #expect(!FileManager.default.fileExists(atPath: lab.edits.path()))
        let accepted = try lab.label(
            "detect", "archive/p1/2024_03_04_p1/111.h5", "--class", "grip", "--rest", "rest",
            "--accept")
        #expect(accepted.status == 0, "\(accepted.problems)")
        let journal = try lab.journal()
        #expect(journal.revision == 1 && journal.recordings[Self.id]?.relabelings.count == 7)
        let uncued = try lab.label("detect", "archive", "--recording", "p2")
        #expect(uncued.problems.contains("6 movements follow no cue"), "\(uncued.problems)")
        let wrong = try lab.label("detect", "archive", "--rest-share", "2")
        #expect(wrong.status == 1 && wrong.problems.contains("rest_share"), "\(wrong.problems)")
    }

    @Test("what is found is held against when people really moved, with a figure for programs")
    func against() throws {
        let lab = try Laboratory()
        let run = try lab.label("detect", "archive", "--against", "movements", "--json")
        #expect(run.status == 0, "\(run.problems)")
        let onsets = try Document(json: run.output.utf8, name: "output").cursor.object()
            .required("onsets").object()
        #expect(try onsets.required("known").integer() == 12)
        #expect(try onsets.required("share_within").number() >= 0.9)
        #expect(try onsets.required("missed").integer() == 0)
        let text = try lab.label("detect", "archive", "--against", "movements", "--tolerance", "80")
        #expect(text.output.contains("of 12 onsets within 80 ms"), "\(text.output)")
        // The labels are cues, which people follow later.
        let cues = try lab.label("detect", "archive", "--against-labels", "--tolerance", "20")
        #expect(cues.status == 0 && !cues.output.contains("100.0 % of"), "\(cues.output)")
        let both = try lab.label("detect", "archive", "--against-labels", "--accept")
        #expect(both.status == 2)
    }

    @Test("a range is painted; a class that is new must be said to be")
    func paint() throws {
        let lab = try Laboratory()
        let typo = try lab.label(
            "paint", "archive", Self.id, "--start", "1", "--end", "2", "--class", "opne")
        #expect(typo.status == 1 && typo.problems.contains("did you mean \"open\""))
        let run = try lab.label(
            "paint", "archive", Self.id, "--start", "1", "--end", "2", "--class", "pinch", "--new")
        #expect(run.status == 0 && run.output.contains("samples 1000–2000 are pinch"))
        let again = try lab.label(
            "paint", "archive", Self.id, "--start", "3", "--end", "4", "--class", "pinch")
        #expect(again.status == 0, "\(again.problems)")
        let painted = try lab.journal().recordings[Self.id]?.relabelings ?? []
        #expect(painted.map(\.isNew) == [true, true], "each stands without the other")
        let late = try lab.label(
            "paint", "archive", Self.id, "--start", "1", "--end", "9999", "--class", "open")
        #expect(late.status == 1 && late.problems.contains("an end of at most"))
        #expect(
            try lab.label("paint", "archive", "--start", "2", "--end", "1", "--class", "open")
                .status == 2)
        #expect(try lab.journal().revision == 2)
    }

    @Test("two names of a person become one, and the collection keeps both recordings in one split")
    func rename() throws {
        let lab = try Laboratory(patients: 3)
        let run = try lab.label("rename", "archive", "--patient", "p3", "--to-patient", "p1")
        #expect(run.status == 0, "\(run.problems)")
        #expect(run.output.contains("p3/2024_03_10_p3/111 is p1/2024_03_10_p3/111"))
        let clash = try lab.label(
            "rename", "archive", "--session", "p2/2024_03_07_p2", "--to-patient", "p1",
            "--to-session", "2024_03_04_p1")
        #expect(clash.status == 1 && clash.problems.contains("--to-run") == false)
        #expect(clash.problems.contains("names that no other recording has"), "\(clash.problems)")
        #expect(
            try lab.label("rename", "archive", "--patient", "p*", "--to-patient", "x").status == 2)
        #expect(try lab.label("rename", "archive", "--patient", "p1").status == 2)
        try
            "window: {length: 150, stride: 75}\nsplits: {test: [p1]}\nedits: {file: archive.edits.json, take: not_rejected}\n"
            .write(
                to: lab.folder.url.appending(path: "c.yaml"), atomically: true, encoding: .utf8)
        let build = try CommandRun(
            ["build", "archive", "--config", "c.yaml", "--output", "study"], in: lab.folder.url)
        #expect(build.status == 0, "\(build.problems)")
        let manifest = try CollectionManifest(
            contentsOf: lab.folder.url.appending(path: "study.json"))
        #expect(manifest.splits.test == [Self.id, "p1/2024_03_10_p3/111"])
        let show = try CommandRun(["show", "study.json"], in: lab.folder.url)
        #expect(show.output.contains("p1/2024_03_10_p3/111"))
    }
}
