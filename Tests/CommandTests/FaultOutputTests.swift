import Documents
import EMGArchive
import EMGBatch
import EMGExport
import EMGFilters
import EMGIngest
import EMGSignal
import EMGSynth
import EMGTasks
import ErrorReports
import Experiments
import Figures
import Foundation
import HDF5
import MetaLearning
import TensorBoard
import TestSupport
import Testing

@Suite("What is wrong with many inputs is said once")
struct FaultOutputTests {
    private func notes(_ texts: [(String, String)]) -> [FaultGroup.Note] {
        texts.map { FaultGroup.Note(subject: $0.0, text: $0.1) }
    }

    @Test("one fault of many inputs is one group with all of them, other faults stay apart")
    func groups() {
        let groups = FaultGroup.groups(
            of: notes([
                ("p1/a", "p1/a: cut-off too high\n  hint: lower it"),
                ("p2/a", "p2/a: cut-off too high\n  hint: lower it"),
                ("p3/a", "p3/a: too short"),
                ("p4/a", "p4/a: cut-off too high\n  hint: lower it"),
            ]))
        #expect(groups.map(\.subjects) == [["p1/a", "p2/a", "p4/a"], ["p3/a"]])
        #expect(
            groups[0].description
                == "p1/a: cut-off too high\n  the same with 2 more: p2/a, p4/a\n  hint: lower it")
        #expect(groups[1].description == "p3/a: too short")
        #expect(groups[0].brief == "cut-off too high")
    }

    @Test("what is said of other channels and counts is one warning, and one fault each")
    func numbers() {
        let notes = notes([
            ("p1/a", "p1/a: ch3: 4 samples at 1.5 s"), ("p1/a", "p1/a: ch4: 12 samples at 2 s"),
            ("p2/a", "p2/a: ch3: 4 samples at 1.5 s"), ("p3/a", "p3/a: ch1 is flat"),
        ])
        #expect(FaultGroup.groups(of: notes).count == 3)
        let groups = FaultGroup.groups(of: notes, by: .sameButNumbers)
        #expect(
            groups.map(\.description) == [
                "p1/a: ch3: 4 samples at 1.5 s\n  the like with other numbers in 1 more: p2/a",
                "p3/a: ch1 is flat",
            ])
    }

    @Test(
        "of very many inputs some are named, and how many more there are", arguments: [21, 22, 500])
    func manySubjects(count: Int) {
        let group = FaultGroup.groups(
            of: notes((0..<count).map { ("r\($0)", "r\($0): bad") }))
        #expect(group.count == 1)
        let text = group[0].description
        #expect(text.contains("the same with \(count - 1) more: "))
        #expect(text.contains(count > 21 ? " and \(count - 21) more" : "r20"))
        #expect(text.count < 400)
    }

    @Test("a subject stands once before what is said of it")
    func subjects() {
        #expect(FaultGroup.named("too short", "p1/a") == "p1/a: too short")
        #expect(FaultGroup.named("p1/a: too short", "p1/a") == "p1/a: too short")
    }

    @Test("a cut-off that no recording can hold is reported once, with a count")
    func filterOnce() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 3)
        let archive = folder.url.appending(path: "archive")
        _ = try CommandRun(["convert", laboratory.path(), "--output", archive.path()])
        let pipeline = folder.url.appending(path: "p.yaml")
        try Data("stages:\n  - low_pass: {cutoff_hz: 4000, order: 2}\n".utf8).write(to: pipeline)
        for arguments in [["--output", folder.url.appending(path: "out").path()], ["--dry-run"]] {
            let run = try CommandRun(
                ["filter", archive.path(), "--pipeline", pipeline.path()] + arguments)
            #expect(run.status == 1)
            #expect(run.problems.components(separatedBy: "refused: ").count == 2)
            #expect(run.problems.contains("the same with 2 more: "))
            #expect(!run.problems.contains("/111: p1/"), "\(run.problems)")
            #expect(!run.output.contains("…"))
        }
    }

    @Test("paths and reasons are whole where no person reads them")
    func wholeInPipes() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 1)
        let name = String(repeating: "long", count: 40)
        let deep = folder.url.appending(path: name).appending(path: name)
        try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
        let moved = deep.appending(path: "2024_03_04_p1")
        try FileManager.default.moveItem(
            at: laboratory.appending(path: "2024_03_04_p1"), to: moved)
        let run = try CommandRun([
            "convert", deep.path(), "--output", folder.url.appending(path: "archive").path(),
        ])
        #expect(run.status == 0, "\(run.problems)")
        #expect(run.output.contains(moved.appending(path: "p1_111.csv").path()))
        #expect(!run.output.contains("…"))
    }

    @Test("where no recording is, inspect says so and ends as convert does")
    func empty() throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "nothing")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let shown = try CommandRun(["inspect", place.path()])
        let converted = try CommandRun([
            "convert", place.path(), "--output", folder.url.appending(path: "a").path(),
        ])
        for run in [shown, converted] {
            #expect(run.status == 1)
            #expect(run.problems.contains("refused: no recording was found"))
        }
    }

    @Test("inspect and convert say the same of a template, of a layout, of a damaged file")
    func sameWords() throws {
        let folder = try TemporaryFolder()
        let lab = folder.url.appending(path: "lab")
        for place in ["anna/mon", "bert/mon"] {
            let url = lab.appending(path: place)
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            let rows = (0..<60).map { "\(Double($0) / 100),\($0 % 7 + place.count)\n" }.joined()
            try Data(("t,ch\n" + rows).utf8).write(to: url.appending(path: "grip.csv"))
        }
        let template = folder.url.appending(path: "t.yaml")
        try Data("delimited: {channels: [ch], time: {column: t}}\n".utf8).write(to: template)
        let archive = folder.url.appending(path: "archive").path()
        for (options, status) in [
            (["--template", template.path()], Int32(1)),
            (["--template", template.path(), "--layout", "patient/session/condition"], 0),
            (["--template", template.path(), "--layout", "x/patient/session/condition"], 1),
            (["--format", "edf"], 1),
        ] {
            let shown = try CommandRun(["inspect", lab.path()] + options)
            let made = try CommandRun(["convert", lab.path(), "--output", archive] + options)
            #expect(shown.status == status, "\(shown.problems)")
            #expect(made.status == status, "\(made.problems)")
            let lines = made.problems.split(separator: "\n").filter { $0.hasPrefix("refused: ") }
            for line in lines { #expect(shown.problems.contains(line), "\(line)") }
            #expect(lines.isEmpty == (status == 0))
        }
        let header = try RecordingArchive(
            folder: folder.url.appending(path: "archive")
        ).recordings().map(\.id)
        #expect(header == ["anna/mon/grip", "bert/mon/grip"])
    }

    @Test("no error of a module is assumed to be a fault of the program")
    func expected() throws {
        let errors: [any Error.Type] = [
            DocumentError.self, SignalError.self, IngestError.self, ArchiveError.self,
            FilterError.self, TaskError.self, MetaLearningError.self, FigureError.self,
            ExperimentError.self, EventFileError.self, SynthError.self, ExportError.self,
            HDF5Error.self,
        ]
        for error in errors { #expect(error is any ExplainedError.Type, "\(error)") }
        #expect(!(CocoaError.self is any ExplainedError.Type))
        // And none is forgotten: every public error of the sources is one.
        let sources = SharedMaterial.packageFolder.appending(path: "Sources")
        let files = try #require(
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var found = 0
        for case let url as URL in files where url.lastPathComponent.hasSuffix("Error.swift") {
            let text = try String(contentsOf: url, encoding: .utf8)
            guard text.contains("struct \(url.deletingPathExtension().lastPathComponent)") else {
                continue
            }
            found += 1
            #expect(text.contains(": ExplainedError"), "\(url.lastPathComponent)")
        }
        #expect(found >= errors.count)
        #expect(try CommandRun(["synth", "--patients", "0", "--output", "x"]).status == 1)
    }

    @Test("a fault of the system is a sentence, never what Foundation prints of itself")
    func system() throws {
        let folder = try TemporaryFolder()
        let missing = folder.url.appending(path: "gone").path()
        let file = folder.url.appending(path: "file")
        try Data("x".utf8).write(to: file)
        let study = folder.url.appending(path: "study.json").path()
        for arguments in [
            ["verify", study, "--archive", missing],
            ["filter", missing, "--preset", "libemg", "-o", study],
            ["build", missing, "--config", missing, "--output", study], ["audit", missing],
            ["train", missing, "--config", missing], ["evaluate", folder.url.path(), study],
            ["report", missing], ["window", missing, "--output", study], ["show", missing, "x"],
            ["convert", missing, "--output", file.path()], ["inspect", missing],
            ["compare", missing, missing], ["run", missing],
        ] {
            let run = try CommandRun(arguments)
            #expect(run.status == 1 || run.status == 2, "\(arguments): \(run.problems)")
            for text in ["NSCocoaErrorDomain", "Error Domain=", "UserInfo=", "Code="] {
                #expect(!run.problems.contains(text), "\(arguments): \(run.problems)")
            }
        }
    }
}
