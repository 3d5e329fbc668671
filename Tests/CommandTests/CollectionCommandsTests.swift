import Documents
import EMGArchive
import Foundation
import TestSupport
import Testing

@Suite("Commands round collections")
struct CollectionCommandsTests {
    /// A laboratory of four people with two conditions, converted, and a collection of it.
    private func study(in folder: URL) throws {
        let laboratory = try makeLaboratory(in: folder, extra: ["--conditions", "2"])
        try Data("seed: 3\nwindow: {length: 40, stride: 20}\nsplits: {test: 1}\n".utf8)
            .write(to: folder.appending(path: "c.yaml"))
        try succeed(["convert", laboratory.path(), "--output", "archive"], in: folder)
        try succeed(["build", "archive", "--config", "c.yaml", "--output", "study"], in: folder)
    }

    @discardableResult
    private func succeed(_ arguments: [String], in folder: URL) throws -> CommandRun {
        let run = try CommandRun(arguments, in: folder)
        try #require(run.status == 0, "\(arguments): \(run.problems)")
        return run
    }

    @Test("a collection that is there is replaced only when that is asked for")
    func force() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let build = ["build", "archive", "--config", "c.yaml", "--output", "study"]
        let refused = try CommandRun(build, in: folder.url)
        #expect(refused.status != 0)
        #expect(refused.problems.contains("study.json") && refused.problems.contains("--force"))
        try succeed(build + ["--force"], in: folder.url)
        try Data(
            "window: {length: 40, stride: 20}\ndesign: {rule: leave_one_patient_out}\n".utf8
        ).write(to: folder.url.appending(path: "d.yaml"))
        let design = ["build", "archive", "--config", "d.yaml", "--output", "loo"]
        try succeed(design, in: folder.url)
        #expect(try CommandRun(design, in: folder.url).problems.contains("--force"))
        try succeed(design + ["--force"], in: folder.url)
    }

    @Test("printed settings have every default, and build the same collection")
    func printedSettings() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let printed = try succeed(
            ["build", "archive", "--config", "c.yaml", "--print-config"], in: folder.url)
        for key in ["cues:", "cycles:", "guard:", "transition_trim:", "edits:", "train:"] {
            #expect(printed.output.contains(key), "\(key)")
        }
        try Data(printed.output.utf8).write(to: folder.url.appending(path: "p.yaml"))
        try succeed(
            ["build", "archive", "--config", "p.yaml", "--output", "again/study"],
            in: folder.url)
        let files = try ["study.json", "again/study.json"].map {
            try Data(contentsOf: folder.url.appending(path: $0))
        }
        #expect(files[0] == files[1])
    }

    /// The UCI gestures' class 0 is "unmarked data".
    @Test("samples that a template calls nobody's are in no window, and every command says so")
    func unlabeled() throws {
        let folder = try TemporaryFolder()
        var lines = ["time\t" + (1...8).map { "channel\($0)" }.joined(separator: "\t") + "\tclass"]
        for place in 0..<4_800 {
            let label = place / 200 % 2 == 0 ? 0 : place / 400 % 6 + 1
            let cells = (1...8).map { "\(Double((place * 7 + $0 * 31) % 97 - 48) * 1e-5)" }
            lines.append("\(place + 1)\t\(cells.joined(separator: "\t"))\t\(label)")
        }
        let raw = folder.url.appending(path: "raw/01")
        try FileManager.default.createDirectory(at: raw, withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(
            to: raw.appending(path: "1_raw_data_13-12_22.03.16.txt"))
        try succeed(["convert", "raw", "--output", "archive"], in: folder.url)
        let window = "window: {length: 50, stride: 50}\nsplit: {rule: fraction, fraction: 0.5}\n"
        try Data(window.utf8).write(to: folder.url.appending(path: "c.yaml"))
        let build = ["build", "archive", "--config", "c.yaml", "--output"]
        let built = try succeed(build + ["study"], in: folder.url)
        #expect(built.output.contains("left out, as nobody labeled them: 48 windows, 2400 samples"))
        #expect(!built.output.contains("unlabeled 4"))
        let manifest = try CollectionManifest(
            contentsOf: folder.url.appending(path: "study.json"))
        #expect(manifest.classes.count == 6 && !manifest.classes.contains("unlabeled"))
        let audit = try succeed(["audit", "study.json"], in: folder.url)
        #expect(audit.output.contains("48 × without label"))
        let table = try succeed(
            ["window", "archive", "--length", "50", "--stride", "50", "--output", "w.csv"],
            in: folder.url)
        #expect(table.output.contains("nobody labeled them: 48 windows"))
        let named = try succeed(
            build + ["named", "classes.rename={unlabeled: idle}"], in: folder.url)
        #expect(named.output.contains("idle "))
        let typo = try CommandRun(build + ["no", "classes.drop=[fst]"], in: folder.url)
        #expect(typo.problems.contains("did you mean \"fist\"?"))
    }

    @Test("a collection that was built is shown, audited and verified")
    func clean() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let audit = try succeed(["audit", "study.json"], in: folder.url)
        #expect(audit.output.contains("ok: no sample is in both support and query"))
        #expect(!audit.output.contains("VIOLATED"))
        let json = try succeed(["audit", "study.json", "--json"], in: folder.url)
        let object = try Document(json: json.output.utf8, name: "audit").cursor.object()
        #expect(try object.required("passed").boolean())
        let manifest = try CollectionManifest(
            contentsOf: folder.url.appending(path: "study.json"))
        #expect(try object.required("tasks").array().count == manifest.tasks.count)
        try succeed(["verify", "study.json", "--archive", "archive"], in: folder.url)
        let list = try succeed(["show", "study.json"], in: folder.url)
        #expect(manifest.tasks.allSatisfy { list.output.contains($0.id) })
        let id = manifest.tasks[0].id
        #expect(try succeed(["show", "study.json", id], in: folder.url).output.contains("support"))
        #expect(try CommandRun(["show", "study.json", "p99/x/y"], in: folder.url).status == 1)
        let drawn = ["show", "study.json", id, "--plot", "task.svg"]
        #expect(try succeed(drawn, in: folder.url).output.contains("task.svg: drawn"))
        let svg = try String(contentsOf: folder.url.appending(path: "task.svg"), encoding: .utf8)
        for text in [id, "support", "query", "relax", "emg0", "time (s)"] {
            #expect(svg.contains(text), "\(text)")
        }
        for wrong in [["show", "study.json", "--plot", "x.svg"], drawn.dropLast() + ["x.doc"]] {
            #expect(try CommandRun(wrong, in: folder.url).status == 2)
        }
    }

    @Test("damage and a changed archive end with status 1 and say where")
    func violated() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let tensors = folder.url.appending(path: "study.h5")
        let whole = try Data(contentsOf: tensors)
        var bytes = whole
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: tensors)
        let audit = try CommandRun(["audit", "study.json"], in: folder.url)
        #expect(audit.status == 1)
        #expect(audit.problems.contains("violation: "))
        #expect(audit.output.contains("VIOLATED: hashes"))
        let json = try CommandRun(["audit", "study.json", "--json"], in: folder.url)
        #expect(json.status == 1)
        #expect(json.output.contains("\"passed\" : false"))
        #expect(
            try CommandRun(["verify", "study.json", "--archive", "archive"], in: folder.url).status
                == 1)
        try whole.write(to: tensors)
        try FileManager.default.removeItem(
            at: folder.url.appending(path: "archive/p2"))
        let verify = try CommandRun(
            ["verify", "study.json", "--archive", "archive", "--json"], in: folder.url)
        #expect(verify.status == 1)
        #expect(verify.output.contains("\"same\" : false"))
    }

    @Test("a design writes a collection in a folder each; lists are taken over and written")
    func design() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let base = "seed: 3\nwindow: {length: 40, stride: 20}\n"
        try Data((base + "design: {rule: leave_one_patient_out, validation: 1}\n").utf8)
            .write(to: folder.url.appending(path: "d.yaml"))
        let run = try succeed(
            ["build", "archive", "--config", "d.yaml", "--output", "loo"], in: folder.url)
        #expect(run.output.contains("loo: 4 collections"))
        for patient in 1...4 {
            try succeed(
                ["audit", "loo/test-p\(patient)/test-p\(patient).json"], in: folder.url)
        }

        let collection = "loo/test-p2/test-p2.json"
        for split in ["train", "validation", "test"] {
            try succeed(
                [
                    "collections", "export", collection, "--split", split, "--output",
                    "\(split).json",
                ], in: folder.url)
        }
        try succeed(
            [
                "collections", "import", "train.json", "--archive", "archive", "--output",
                "train.txt",
            ], in: folder.url)
        try succeed(
            ["collections", "export", "train.txt", "--output", "again.json"], in: folder.url)
        #expect(
            try Data(contentsOf: folder.url.appending(path: "again.json"))
                == Data(contentsOf: folder.url.appending(path: "train.json")))

        let lists = """
            design:
              rule: lists
              collections:
                - name: mine
                  train: [{file: train.txt}]
                  validation: [{file: validation.json}]
                  test: [{file: test.json}]

            """
        try Data((base + lists).utf8).write(to: folder.url.appending(path: "l.yaml"))
        try succeed(
            ["build", "archive", "--config", "l.yaml", "--output", "lists"], in: folder.url)
        let one = try CollectionManifest(
            contentsOf: folder.url.appending(path: "lists/mine/mine.json"))
        let other = try CollectionManifest(contentsOf: folder.url.appending(path: collection))
        #expect(one.splits == other.splits)

        try Data((base + lists.replacing("validation.json", with: "test.json")).utf8)
            .write(to: folder.url.appending(path: "l.yaml"))
        let refused = try CommandRun(
            ["build", "archive", "--config", "l.yaml", "--output", "no"], in: folder.url)
        #expect(refused.status == 1)
        #expect(refused.problems.contains("is in both test and validation"))
        #expect(try contents(of: folder.url.appending(path: "no")).isEmpty)
    }

    @Test("a list with a recording that the archive does not have is refused by its name")
    func missing() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        try Data(#"[{"session": "2099_01_01_p1", "condition": "111"}]"#.utf8)
            .write(to: folder.url.appending(path: "list.json"))
        let run = try CommandRun(
            ["collections", "import", "list.json", "--archive", "archive"], in: folder.url)
        #expect(run.status == 1)
        #expect(run.problems.contains("2099_01_01_p1 111"))
        #expect(run.output.contains("p1/2099_01_01_p1/111"))
    }

    @Test(
        "windows are written as tables of each kind",
        arguments: [
            (["--length", "40", "--stride", "10"], ["h5", "npy", "csv"]),
            (["--length-ms", "200", "--stride-ms", "50", "--materialize"], ["h5", "npy"]),
            (
                ["--length", "40", "--stride", "10", "--features", "mav,rms,wl,zc,ssc"],
                ["h5", "npy", "csv"]
            ),
        ])
    func windows(options: [String], types: [String]) throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 2)
        try succeed(["convert", laboratory.path(), "--output", "archive"], in: folder.url)
        for type in types {
            let results = try ["1", "3"].map { threads in
                try succeed(
                    ["window", "archive", "--output", "\(threads)/w.\(type)", "--threads", threads]
                        + options, in: folder.url)
                return try contents(of: folder.url.appending(path: threads))
            }
            #expect(results[0] == results[1])
            #expect(results[0]["w.\(type)"] != nil)
        }
        let wrong = try CommandRun(
            ["window", "archive", "--output", "w.txt"] + options, in: folder.url)
        #expect(wrong.status == 2)
    }

    @Test(
        "every manifest that a design makes fits the schema",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func schema() throws {
        let folder = try TemporaryFolder()
        try study(in: folder.url)
        let settings = """
            window: {length: 40, stride: 20}
            classes: {rename: {relax: rest}, order: [rest, open, close]}
            split: {cues: [rest, open, rest, close, rest]}
            channels: {select: ["emg*"], rotate: 1}
            augmentation:
              - {kind: rotation, positions: 1, probability: 0.5}
              - {kind: jitter, samples: 3}
              - {kind: gain, range: 0.2}
              - {kind: noise, deviation: 0.1}
              - {kind: magnitude_warp, knots: 4, deviation: 0.2}
            design: {rule: cross_condition, validation: {fraction: 0.3, stratify: patient}}

            """
        try Data(settings.utf8).write(to: folder.url.appending(path: "d.yaml"))
        try succeed(["build", "archive", "--config", "d.yaml", "--output", "out"], in: folder.url)
        let schemas = SharedMaterial.packageFolder.appending(path: "schemas")
        let result = try Python.run(
            """
            import glob, json, jsonschema, sys
            schema = json.load(open(sys.argv[1] + "/task-collection.schema.json"))
            paths = glob.glob(sys.argv[2] + "/**/*.json", recursive=True)
            assert len(paths) >= 2
            for path in paths:
                manifest = json.load(open(path))
                assert "augmentation" in manifest
                jsonschema.Draft202012Validator(schema).validate(manifest)
            """,
            arguments: [schemas.path(), folder.url.appending(path: "out").path()])
        #expect(result.status == 0, "\(result.output)")
    }
}
