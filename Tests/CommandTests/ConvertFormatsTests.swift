import Documents
import EMGArchive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("myotask convert, from and to other formats")
struct ConvertFormatsTests {
    @Test("--json tells programs what the table tells people")
    func json() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 2)
        try Data("gt,emg0\n0,x\n".utf8)
            .write(to: laboratory.appending(path: "2024_03_04_p1/p1_999.csv"))
        try Data("notes".utf8).write(to: laboratory.appending(path: "notes.docx"))
        let archive = folder.url.appending(path: "archive")
        let run = try CommandRun([
            "convert", laboratory.path(), "--output", archive.path(), "--json",
        ])
        #expect(run.status == 1)
        let report = try Document(json: Data(run.output.utf8), name: "report").cursor.object()
        #expect(try report.required("output").string() == archive.path())
        var results: [String: String] = [:]
        for cursor in try report.required("items").array() {
            let item = try cursor.object()
            let input = try item.required("input").string()
            let result = try item.required("result").string()
            results[String(input.split(separator: "/").last ?? "")] = result
            if result == "written" {
                #expect(try item.required("recordings").array().count == 1)
            } else if result == "refused" {
                let error = try item.required("error").object()
                #expect(try error.required("kind").string() == "invalid_cell")
                #expect(try error.required("file").string() == input)
                #expect(try error.required("line").integer() == 2)
                #expect(try error.required("expected").string() == "a number")
                #expect(try error.required("found").string() == "x")
                for key in ["object", "hint", "message"] {
                    #expect(try !error.required(key).string().isEmpty)
                }
            } else {
                #expect(try !item.required("reason").string().isEmpty)
            }
        }
        #expect(results["p1_111.csv"] == "written")
        #expect(results["p1_999.csv"] == "refused")
        #expect(results["notes.docx"] == "skipped")
    }

    @Test(
        "an archive leaves as other formats and comes back with the same samples and labels",
        arguments: ["edf", "bdf", "csv"])
    func there(format: String) throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 2)
        let archives = ["first", "second"].map { folder.url.appending(path: $0) }
        let left = folder.url.appending(path: "left")
        func convert(_ source: URL, _ target: URL, _ options: String...) throws {
            let run = try CommandRun(
                ["convert", source.path(), "--output", target.path()] + options)
            #expect(run.status == 0, "\(run.problems)")
        }
        try convert(laboratory, archives[0])
        try convert(archives[0], left, "--to", format)
        #expect(try contents(of: left).keys.contains { $0.hasSuffix(".\(format)") })
        try convert(left, archives[1])
        let entries = try archives.map { try RecordingArchive(folder: $0).recordings() }
        #expect(entries[0].count == 2 && entries[1].count == 2)
        for (before, after) in zip(entries[0], entries[1]) {
            let kept = try RecordingArchive(folder: archives[0]).read(before)
            let back = try RecordingArchive(folder: archives[1]).read(after)
            #expect(back.samples == kept.samples)
            #expect(back.samplingRate == kept.samplingRate)
            #expect(back.identity.patient == kept.identity.patient)
            #expect(back.identity.condition == kept.identity.condition)
            let names = [kept, back].map { recording in
                recording.labels.map { track in track.values.map { track.classNames[Int($0)] } }
            }
            #expect(names[0] == names[1])
        }
    }

    @Test("--repair bridges what is missing up to its length, and says so in the history")
    func repair() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 1)
        let table = laboratory.appending(path: "2024_03_04_p1/p1_111.csv")
        var lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\n")
        for row in 101..<104 {
            var cells = lines[row].split(separator: ",", omittingEmptySubsequences: false)
            cells[6] = ""
            lines[row] = Substring(cells.joined(separator: ","))
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: table)
        let archive = folder.url.appending(path: "archive")
        let arguments = [
            "convert", laboratory.path(), "--output", archive.path(), "--missing", "mark",
        ]
        #expect(try CommandRun(arguments + ["--repair", "0.01"]).status == 0)
        func recording() throws -> (isWhole: Bool, operations: [String]) {
            let archive = RecordingArchive(folder: archive)
            let entry = try #require(try archive.recordings().first)
            let recording = try archive.read(entry)
            return (
                recording.samples.values.allSatisfy { $0.isFinite },
                recording.history.map(\.operation)
            )
        }
        // Three rows at 200 Hz are 15 ms: longer than allowed.
        #expect(try !recording().isWhole)
        let run = try CommandRun(arguments + ["--repair", "0.02"])
        #expect(run.output.contains("1 converted"))
        #expect(run.problems.contains("warning: "))
        let repaired = try recording()
        #expect(repaired.isWhole)
        #expect(repaired.operations.contains("repair.interpolate"))
    }

    @Test("a template of the user's own reads his tables; a wrong one is refused with its line")
    func template() throws {
        let folder = try TemporaryFolder()
        let source = folder.url.appending(path: "mia/s1/grasp_2.txt")
        try FileManager.default.createDirectory(
            at: source.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("0,5;1,5;rest\n0,25;2;rest\n-1;3;fist\n".utf8).write(to: source)
        let template = folder.url.appending(path: "ours.yaml")
        let text = """
            path: "{patient}/{session}/{condition}_{run}.txt"
            unit: mV
            rate_hz: 500
            delimited: {delimiter: semicolon, decimal: comma, header: false, label: 3}
            """
        try Data(text.utf8).write(to: template)
        let archive = folder.url.appending(path: "archive")
        let arguments = [
            "convert", source.path(), "--output", archive.path(), "--template", template.path(),
        ]
        let run = try CommandRun(arguments)
        #expect(run.status == 0, "\(run.problems)")
        let opened = RecordingArchive(folder: archive)
        let recording = try opened.read(try #require(try opened.recordings().first))
        #expect(recording.identity.id == "mia/s1/grasp-2")
        #expect(recording.samples.values == [0.5, 1.5, 0.25, 2, -1, 3])
        #expect(recording.samplingRate.hertz == 500)
        #expect(recording.channels.map(\.unit) == ["mV", "mV"])
        #expect(recording.labels?.classNames == ["fist", "rest"])
        #expect(recording.labels?.values == [1, 1, 0])

        try Data((text + "\nsurface: blue\n").utf8).write(to: template)
        let wrong = try CommandRun(arguments)
        #expect(wrong.status != 0)
        #expect(wrong.problems.contains("ours.yaml"))
        #expect(wrong.problems.contains("surface"))
        #expect(wrong.problems.contains(":5"), "\(wrong.problems)")
    }

    @Test("formats lists what can be read")
    func formats() throws {
        let run = try CommandRun(["formats"])
        #expect(run.status == 0)
        for name in [
            "roam-csv", "edf", "bdf", "wfdb", "roam-npy", "myo-dat", "myotask", "emg2qwerty",
            "emg2pose", "nwb", "matlab", "hdf5", "otb", "opensignals", "trigno-csv",
            "uci-gestures", "myo-readings", "libemg", "c3d", "xdf", "acq", "eeglab",
        ] {
            #expect(run.output.contains("\n\(name) "), "\(name)")
        }
    }

    @Test(
        "the files of every format of the collection are converted by one command",
        .enabled(
            if: SharedMaterial.isPresent("golden/formats/manifest.json"),
            "needs golden/formats of the shared material"))
    func goldenFormats() throws {
        let folder = try TemporaryFolder()
        let archive = folder.url.appending(path: "archive")
        let run = try CommandRun([
            "convert", SharedMaterial.url("golden/formats").path(), "--output", archive.path(),
            // Some of the names do not say whose recording it is.
            "--patient", "p",
        ])
        let files = try contents(of: archive).keys
        #expect(files.count >= 7)
        #expect(files.allSatisfy { $0.hasSuffix(".h5") })
        // The two that hold one recording in two encodings claim one identity.
        #expect(run.status == 1)
        #expect(run.problems.contains("ninapro_v5.mat: is p/formats/E1, but so is"))
        #expect(run.problems.contains("libver_latest.h5: /emg: a structure that only newer"))
    }

    @Test(
        "every damaged file of the collection gets its answer, and never a partial file",
        .enabled(
            if: SharedMaterial.isPresent("golden/bad/manifest.json"),
            "needs golden/bad of the shared material"),
        arguments: ["edf", "h5", "mat", "raw"])
    func badFiles(kind: String) throws {
        let items = try BadFiles.items(in: kind)
        #expect(!items.isEmpty)
        let folder = try TemporaryFolder()
        for item in items {
            let archive = folder.url.appending(path: item.name)
            // Numbers without a header are of no format until somebody says so.
            let options = kind == "raw" ? ["--format", "myo-dat"] : []
            let run = try CommandRun(
                ["convert", item.url.path(), "--output", archive.path()] + options)
            let files = try contents(of: archive)
            #expect(run.status == 0 || run.status == 1, "\(item.name): \(run.status)")
            #expect(!files.keys.contains { $0.hasSuffix(".partial") }, "\(item.name)")
            #expect(!run.problems.contains("\u{1B}"))
            switch item.expectation {
            case .reject where item.isPolicy:
                #expect(run.problems.contains("warning: ") || run.status == 1, "\(item.name)")
            case .accept, .acceptWithWarning:
                #expect(run.status == 0, "\(item.name): \(run.problems)")
                #expect(files.count == 1, "\(item.name)")
            case .reject:
                #expect(run.status == 1, "\(item.name)")
                #expect(run.problems.contains("refused: "), "\(item.name)")
                #expect(run.problems.contains("hint: "), "\(item.name): \(run.problems)")
                #expect(files.isEmpty, "\(item.name)")
            case .either:
                #expect(
                    run.status == 1 || run.problems.contains("warning: "),
                    "\(item.name): \(run.problems)")
            }
        }
    }
}
