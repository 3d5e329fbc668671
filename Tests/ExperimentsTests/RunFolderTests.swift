import Documents
import Foundation
import TensorBoard
import TestSupport
import Testing

@Suite("Run folders of the command")
struct RunFolderTests {
    private static let train = ["train", "study.json", "--config", "t.yaml", "--output"]

    @Test("Ctrl-C stops after the step with status 130, and --resume ends in the same bytes")
    func interrupted() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        // Long enough to be interrupted in the middle, wherever that is.
        let longer = ["meta_epochs=60", "checkpoints.every=25"]
        try SmallStudy.run(Self.train + ["whole"] + longer, in: folder.url)
        let process = Process()
        process.executableURL = try CommandRun.executable()
        process.arguments = Self.train + ["stopped"] + longer + ["--json"]
        process.currentDirectoryURL = folder.url
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Once the first steps are seen, the handler is there.
        _ = pipe.fileHandleForReading.availableData
        var seen = ""
        while !seen.contains(#""event":"step""#) {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            seen += String(decoding: data, as: UTF8.self)
        }
        process.interrupt()
        _ = try pipe.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 130)
        let stopped = folder.url.appending(path: "stopped")
        #expect(
            !FileManager.default.fileExists(atPath: stopped.appending(path: "results.md").path()))
        try SmallStudy.run(["train", "study.json", "--resume", "stopped"], in: folder.url)
        let whole = try SmallStudy.files(of: folder.url.appending(path: "whole"))
        let resumed = try SmallStudy.files(of: stopped)
        #expect(resumed.keys.sorted() == whole.keys.sorted())
        for (path, bytes) in whole { #expect(resumed[path] == bytes, "\(path)") }
        #expect(whole["checkpoints/epoch-00025.safetensors"] != nil)
        let log = try String(contentsOf: stopped.appending(path: "log.txt"), encoding: .utf8)
        #expect(log.contains("stopped ") && log.contains("resuming after epoch "))
        #expect(try EventFile.files(in: stopped.appending(path: "tensorboard")).count == 2)
    }

    @Test(
        "TensorBoard has every step once, also of a run that was killed and resumed",
        .enabled(
            if: TensorBoardPython.isPresent,
            "needs Python with tensorboard, or with venv and a network"))
    func tensorBoard() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let longer = ["meta_epochs=30"]
        let begin = ContinuousClock.now
        try SmallStudy.run(Self.train + ["whole"] + longer, in: folder.url)
        let duration = ContinuousClock.now - begin
        _ = try CommandRun(
            Self.train + ["run"] + longer, in: folder.url, killedAfter: duration / 2)
        if FileManager.default.fileExists(atPath: folder.url.appending(path: "run").path()) {
            try SmallStudy.run(["train", "study.json", "--resume", "run"], in: folder.url)
        } else {
            try SmallStudy.run(Self.train + ["run"] + longer, in: folder.url)
        }
        let program = """
            import json, sys
            from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
            events = EventAccumulator(sys.argv[1] + "/tensorboard",
                size_guidance={"scalars": 0, "images": 0, "histograms": 0})
            events.Reload()
            tags = events.Tags()
            metrics = [json.loads(line) for line in open(sys.argv[1] + "/metrics.jsonl")]
            epochs = list(range(1, 31))
            assert [e.step for e in events.Scalars("step/loss")] == list(range(1, 61)), "steps"
            for name in ["train_loss", "validation_loss", "train_accuracy", "learning_rate"]:
                read = events.Scalars("epoch/" + name)
                assert [e.step for e in read] == epochs, name
                for event, row in zip(read, metrics):
                    assert abs(event.value - row[name]) <= 1e-6 * abs(row[name]), name
            for name in ["linear1.weight", "linear2.bias"]:
                assert [e.step for e in events.Histograms("parameters/" + name)] == epochs, name
            for name in ["learning-curves", "tasks"]:
                (image,) = events.Images("figures/" + name)
                stored = open(sys.argv[1] + "/figures/" + name + ".png", "rb").read()
                assert image.encoded_image_string == stored, name
            for method in ["random", "pretrained", "meta"]:
                assert len(events.Scalars("test/accuracy_" + method)) == 1, method
            print("all is there")
            """
        let output = try TensorBoardPython.run(
            program, arguments: [folder.url.appending(path: "run").path()])
        #expect(output.contains("all is there"), "\(output)")
    }

    @Test("with --json every line is an object, and the last one names the run")
    func json() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let run = try SmallStudy.run(Self.train + ["run", "--json"], in: folder.url)
        let events = try run.output.split(separator: "\n").map { line in
            try Document(json: line.utf8, name: "line").cursor.object().required("event").string()
        }
        #expect(events.first == "prepared" && events.last == "finished")
        #expect(events.count { $0 == "step" } == 6 && events.count { $0 == "epoch" } == 3)
        #expect(run.problems.isEmpty)
        let quiet = try SmallStudy.run(Self.train + ["quiet", "--quiet"], in: folder.url)
        #expect(quiet.problems.isEmpty && quiet.output.contains("mean"))
    }

    @Test("what a run was made from and with is on record")
    func provenance() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        try SmallStudy.run(Self.train + ["run", "seed=9"], in: folder.url)
        let document = try Document(
            contentsOf: folder.url.appending(path: "run/provenance.json"))
        let object = try document.cursor.object()
        #expect(try object.required("software").string().hasPrefix("myotask "))
        let environment = try object.required("environment").object()
        for name in ["fftw", "hdf5", "openblas", "swift", "system", "manifest_sha256"] {
            #expect(try !environment.required(name).string().isEmpty, "\(name)")
        }
        #expect(try environment.required("seed").string() == "9")
        #expect(try environment.required("collection_path").string().hasSuffix("/study.json"))
    }

    @Test("another collection, although of the same tensors, does not resume a run")
    func otherCollection() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        try SmallStudy.run(Self.train + ["run"], in: folder.url)
        let manifest = folder.url.appending(path: "study.json")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try Data((text + "\n").utf8).write(to: manifest)
        let run = try CommandRun(["train", "study.json", "--resume", "run"], in: folder.url)
        #expect(run.status == 1)
        #expect(run.problems.contains("resume a run with the collection it was begun with"))
    }

    @Test(
        "wrong settings, missing files and places give one message and no run",
        arguments: [
            (["inner.learning_rat=1"], #"did you mean "learning_rate"?"#),
            (["inner.learning_rate=fast"], "override 1: inner.learning_rate: "),
            (["meta_epochs=3", "model=7"], "override 2: model: "),
            (["--config", "none.yaml"], "none.yaml: cannot be read: there is no such file"),
            (["--output", "study.h5/run"], "study.h5/run: cannot be made"),
        ])
    func refused(arguments: [String], message: String) throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path())
        let output = arguments.contains("--output") ? [] : ["--output", "run"]
        let run = try CommandRun(["train", "study.json"] + arguments + output, in: folder.url)
        #expect(run.status == 1)
        #expect(run.problems.contains(message), "\(run.problems)")
        #expect(run.problems.components(separatedBy: "Error: ").count == 2)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted()
                == before.sorted())
    }

    @Test("a folder that may not be written to gives one message and no run")
    func unwritable() throws {
        // Who may write everywhere is given by the kernel's own files.
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let run = try CommandRun(Self.train + ["/proc/run"], in: folder.url)
        #expect(run.status == 1)
        #expect(run.problems.contains("/proc/run: cannot be made"), "\(run.problems)")
        #expect(run.problems.contains("hint: "))
    }

    @Test(
        "a full disk gives one message; what is there is whole or hidden, and nothing at first",
        .enabled(if: Shell.canMount, "needs to be root and to mount a small file system"),
        arguments: [4, 32, 64, 128])
    func fullDisk(kilobytes: Int) throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let program = try CommandRun.executable().path()
        let result = try Shell.run(
            """
            cd \(folder.url.path()) && unshare -m sh -c '
            mount -t tmpfs -o size=\(kilobytes)k none /mnt &&
            \(program) train study.json --config t.yaml --output /mnt/run --quiet; echo status $?
            find /mnt -mindepth 1 | sort; test -f /mnt/run/results.md && echo finished'
            """)
        #expect(result.output.contains("status 1"), "\(result.output)")
        #expect(result.output.contains(" space"), "\(result.output)")
        #expect(result.output.components(separatedBy: "Error: ").count == 2, "\(result.output)")
        #expect(!result.output.contains("finished"))
        #expect(!result.output.contains(".partial\n"), "\(result.output)")
        if kilobytes == 4 { #expect(!result.output.contains("/mnt/run\n"), "\(result.output)") }
    }
}
