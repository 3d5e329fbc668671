import Documents
import EMGArchive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("The whole way")
struct WholeWayTests {
    private static let collectionSettings = """
        seed: 3
        window: {length: 40, stride: 20}
        splits: {test: 1, validation: 1}

        """
    private static let trainingSettings = """
        model: {name: dnn, hidden: [16]}
        inner: {optimizer: adam, learning_rate: 1.0e-3, epochs: 1, batch_size: 32}
        outer: {learning_rate: 1.0e-3}
        meta_epochs: 3
        baselines: {pretrained: {epochs: 1}}

        """

    /// Goes from a laboratory to a trained model; the folder then holds every artifact.
    private func goTheWholeWay(in folder: URL, threads: Int) throws {
        let laboratory = try makeLaboratory(in: folder)
        try Data(Self.collectionSettings.utf8).write(to: folder.appending(path: "c.yaml"))
        try Data(Self.trainingSettings.utf8).write(to: folder.appending(path: "t.yaml"))
        let count = ["--threads", "\(threads)"]
        for arguments in [
            ["convert", laboratory.path(), "--output", "archive"] + count,
            ["build", "archive", "--config", "c.yaml", "--output", "study"] + count,
            ["train", "study.json", "--config", "t.yaml", "--output", "run"] + count,
        ] {
            let run = try CommandRun(arguments, in: folder)
            try #require(run.status == 0, "\(arguments): \(run.problems)")
        }
    }

    @Test("from raw tables to a test table, the same bytes for any number of threads")
    func deterministic() throws {
        let first = try TemporaryFolder()
        let second = try TemporaryFolder()
        try goTheWholeWay(in: first.url, threads: 1)
        try goTheWholeWay(in: second.url, threads: 3)
        let (one, other) = (try contents(of: first.url), try contents(of: second.url))
        // Metrics hold how long epochs took; the resolved configuration holds the threads.
        // What a run says about its time and place, and event files that are named after the time.
        let timed: Set = [
            "run/metrics.jsonl", "run/configuration.json", "run/log.txt", "run/provenance.json",
        ]
        func isTimed(_ path: String) -> Bool {
            timed.contains(path) || path.hasPrefix("run/tensorboard/")
        }
        #expect(
            one.keys.filter { !isTimed($0) }.sorted()
                == other.keys.filter { !isTimed($0) }.sorted())
        for (path, bytes) in one where !isTimed(path) {
            #expect(bytes == other[path], "\(path)")
        }
        for path in [
            "study.json", "study.h5", "run/results.md", "run/checkpoints/best.safetensors",
            "run/figures/learning-curves.svg", "run/figures/tasks.png",
        ] {
            #expect(one[path] != nil, "\(path)")
        }
        let results = try #require(one["run/results.csv"])
        let lines = String(decoding: results, as: UTF8.self).split(separator: "\n")
        #expect(lines.first == "task,random,pretrained,lda,meta")
        #expect(lines.count == 3)
    }

    @Test("a run that is there is not overwritten, and one that was stopped goes on")
    func resume() throws {
        let folder = try TemporaryFolder()
        try goTheWholeWay(in: folder.url, threads: 2)
        let whole = try contents(of: folder.url)
        let again = try CommandRun(
            ["train", "study.json", "--config", "t.yaml", "--output", "run"], in: folder.url)
        #expect(again.status == 1)
        #expect(again.problems.contains("is there already and is never overwritten"))

        // A run of which only the first epochs were kept.
        try Data(Self.trainingSettings.replacing("meta_epochs: 3", with: "meta_epochs: 1").utf8)
            .write(to: folder.url.appending(path: "short.yaml"))
        let short = try CommandRun(
            ["train", "study.json", "--config", "short.yaml", "--output", "other"],
            in: folder.url)
        #expect(short.status == 0)
        let refused = try CommandRun(
            ["train", "missing.json", "--resume", "other"], in: folder.url)
        #expect(refused.status == 1)
        let resumed = try CommandRun(["train", "study.json", "--resume", "run"], in: folder.url)
        #expect(resumed.status == 0, "\(resumed.problems)")
        let after = try contents(of: folder.url)
        for path in ["run/checkpoints/best.safetensors", "run/results.csv"] {
            #expect(after[path] == whole[path], "\(path)")
        }
    }

    @Test("a damaged recording costs one task: the others are built, the status is 1")
    func damagedRecording() throws {
        let folder = try TemporaryFolder()
        try goTheWholeWay(in: folder.url, threads: 2)
        let file = folder.url.appending(path: "archive/p3/2024_03_10_p3/111.h5")
        var bytes = try Data(contentsOf: file)
        bytes = bytes.prefix(bytes.count / 2)
        try bytes.write(to: file)
        let run = try CommandRun(
            ["build", "archive", "--config", "c.yaml", "--output", "again"], in: folder.url)
        #expect(run.status == 1)
        #expect(run.problems.contains("111.h5"))
        #expect(run.problems.contains("hint: "))
        let manifest = try CollectionManifest(
            contentsOf: folder.url.appending(path: "again.json"))
        #expect(manifest.tasks.map(\.identity.patient) == ["p1", "p2", "p4"])
    }

    @Test("a build that was killed leaves nothing behind once it is run again")
    func killedBuild() throws {
        let folder = try TemporaryFolder()
        try goTheWholeWay(in: folder.url, threads: 2)
        let build = ["build", "archive", "--config", "c.yaml", "--output", "again/study"]
        let begin = ContinuousClock.now
        #expect(try CommandRun(build, in: folder.url).status == 0)
        let duration = ContinuousClock.now - begin
        let again = folder.url.appending(path: "again")
        let expected = try contents(of: again)
        #expect(expected.count == 2)
        for moment in 0..<15 {
            try? FileManager.default.removeItem(at: again)
            _ = try CommandRun(build, in: folder.url, killedAfter: duration * moment / 15)
            for (path, bytes) in try contents(of: again) where !path.hasSuffix(".partial") {
                #expect(bytes == expected[path], "\(path) is whole or not there")
            }
            // It may have been killed when all was done.
            #expect(try CommandRun(build + ["--force"], in: folder.url).status == 0)
            #expect(try contents(of: again) == expected)
        }
    }

    @Test("a manifest that was tampered with is refused with path and line, tensors by their hash")
    func tampering() throws {
        let folder = try TemporaryFolder()
        try goTheWholeWay(in: folder.url, threads: 2)
        let manifest = folder.url.appending(path: "study.json")
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try Data(text.replacing("\"study.h5\"", with: "\"../study.h5\"").utf8).write(to: manifest)
        let outside = try CommandRun(["train", "study.json", "--output", "x"], in: folder.url)
        #expect(outside.status == 1)
        #expect(outside.problems.contains("$.tensors.path"))
        #expect(outside.problems.contains("study.json:"))

        try Data(text.utf8).write(to: manifest)
        let tensors = folder.url.appending(path: "study.h5")
        var bytes = try Data(contentsOf: tensors)
        bytes[bytes.count / 2] ^= 0x10
        try bytes.write(to: tensors)
        let damaged = try CommandRun(
            ["train", "study.json", "--config", "t.yaml", "--output", "x"], in: folder.url)
        #expect(damaged.status == 1, "\(damaged.problems)")
        #expect(damaged.problems.contains("study.h5"))
    }

    @Test("raw EMG is filtered; a pipeline that the effective rate cannot hold is refused")
    func filtering() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(
            in: folder.url, style: "bipolar", patients: 2, extra: ["--rate", "1000"])
        let pipeline = folder.url.appending(path: "p.yaml")
        let stages = "stages:\n  - band_pass: {low_hz: 20, high_hz: 450, order: 4}\n"
        try Data(stages.utf8).write(to: pipeline)
        let convert = ["convert", laboratory.path(), "--output", "archive"]
        #expect(try CommandRun(convert, in: folder.url).status == 0)
        let filter = ["filter", "archive", "--pipeline", "p.yaml", "--output", "clean"]
        #expect(try CommandRun(filter, in: folder.url).status == 0)
        let url = folder.url.appending(path: "clean/p1/2024_03_04_p1/111.h5")
        let operations = try RecordingFile.readHeader(url).history.map(\.operation)
        #expect(operations.count == 2)
        #expect(operations.last == "filter.band-pass", "\(operations)")

        try Data(stages.replacing("450", with: "500").utf8).write(to: pipeline)
        let refused = try CommandRun(
            ["filter", "archive", "--pipeline", "p.yaml", "--output", "none"], in: folder.url)
        #expect(refused.status == 1)
        #expect(refused.problems.contains("500 Hz"))
        #expect(try contents(of: folder.url.appending(path: "none")).isEmpty)
        let same = try CommandRun(
            ["filter", "archive", "--pipeline", "p.yaml", "--output", "archive"], in: folder.url)
        #expect(same.status == 1)
    }

    @Test(
        "the real recordings go the whole way without a manual step",
        .enabled(
            if: SharedMaterial.isPresent("data/roam"), "needs data/roam of the shared material"))
    func realRecordings() throws {
        let folder = try TemporaryFolder()
        try Data(
            """
            seed: 45
            include: {sampling_rate_hz: 200}
            window: {length: 40, stride: 40}
            splits: {test: [p13, p14, p15], validation: [p3, p11]}
            """.utf8
        ).write(to: folder.url.appending(path: "c.yaml"))
        try Data(Self.trainingSettings.utf8).write(to: folder.url.appending(path: "t.yaml"))
        for arguments in [
            [
                "convert", SharedMaterial.url("data/roam").path(),
                SharedMaterial.url("data/roam-stroke").path(), "--output", "archive",
            ],
            ["build", "archive", "--config", "c.yaml", "--output", "study"],
            ["train", "study.json", "--config", "t.yaml", "--output", "run"],
        ] {
            let run = try CommandRun(arguments, in: folder.url)
            try #require(run.status == 0, "\(arguments): \(run.problems)")
        }
        let manifest = try CollectionManifest(
            contentsOf: folder.url.appending(path: "study.json"))
        #expect(manifest.tasks.count == 12)
        #expect(manifest.splits.train.count == 7)
        let stroke = try RecordingFile.readHeader(
            folder.url.appending(path: "archive/p7/2023_03_28_p7/131.h5"))
        #expect(abs(stroke.effectiveRate.hertz - 49) < 1)
    }
}
