import Foundation
import TestSupport
import Testing

@Suite("train --sweep")
struct SweepCommandTests {
    private static let sweep = [
        "train", "study.json", "--config", "t.yaml", "--sweep",
        "inner.learning_rate=1e-3,1e-4", "seed=1,2,3", "--threads", "1", "--output",
    ]

    @Test("2 × 3 points that are killed again and again end with the table of undisturbed ones")
    func killed() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let begin = ContinuousClock.now
        try SmallStudy.run(Self.sweep + ["whole"], in: folder.url)
        let duration = ContinuousClock.now - begin
        let whole = try SmallStudy.files(of: folder.url.appending(path: "whole"))
        let table = String(decoding: try #require(whole["sweep.csv"]), as: UTF8.self)
        #expect(table.split(separator: "\n").count == 7)
        #expect(table.contains(",0.001,1,finished,"))
        for part in 1...6 {
            _ = try CommandRun(
                Self.sweep + ["killed"], in: folder.url, killedAfter: duration * part / 12)
        }
        try SmallStudy.run(Self.sweep + ["killed"], in: folder.url)
        let killed = try SmallStudy.files(of: folder.url.appending(path: "killed"))
            .filter { !$0.key.contains(".partial") }
        #expect(killed.keys.sorted() == whole.keys.sorted())
        for (path, bytes) in whole { #expect(killed[path] == bytes, "\(path)") }
        let again = try SmallStudy.run(Self.sweep + ["killed"], in: folder.url)
        #expect(again.problems.contains("is finished already"))
    }

    @Test("parts done apart are put together into the same table")
    func shards() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        try SmallStudy.run(Self.sweep + ["whole"], in: folder.url)
        for part in ["1/3", "3/3"] {
            let name = part.replacing("/", with: "-")
            try SmallStudy.run(Self.sweep + [name, "--shard", part, "--quiet"], in: folder.url)
        }
        let early = try CommandRun(
            ["collect", "1-3", "3-3", "--output", "table"], in: folder.url)
        #expect(early.status == 1)
        #expect(early.problems.contains("2 runs are not finished yet"))
        try SmallStudy.run(Self.sweep + ["2-3", "--shard", "2/3"], in: folder.url)
        try SmallStudy.run(
            ["collect", "3-3", "1-3", "2-3", "--output", "table"], in: folder.url)
        for name in ["sweep.csv", "sweep.md", "sweep.json"] {
            #expect(
                try Data(contentsOf: folder.url.appending(path: "table/\(name)"))
                    == Data(contentsOf: folder.url.appending(path: "whole/\(name)")), "\(name)")
        }
    }

    @Test("in an array of Slurm a sweep is divided, and a run without one is not")
    func array() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let array = [
            "SLURM_ARRAY_TASK_ID": "6", "SLURM_ARRAY_TASK_MIN": "2", "SLURM_ARRAY_TASK_MAX": "6",
            "SLURM_ARRAY_TASK_STEP": "2", "SLURM_ARRAY_TASK_COUNT": "3",
        ]
        let part = try CommandRun(Self.sweep + ["part"], in: folder.url, environment: array)
        #expect(part.problems.contains("shard 3/3 of SLURM_ARRAY_TASK_ID"), "\(part.problems)")
        let table = try String(
            contentsOf: folder.url.appending(path: "part/sweep.csv"), encoding: .utf8)
        #expect(table.split(separator: "\n").count { $0.contains(",finished,") } == 2)
        let half = ["SLURM_ARRAY_TASK_ID": "6"]
        for (name, environment) in [("one", array), ("other", half)] {
            let run = try CommandRun(
                ["train", "study.json", "--config", "t.yaml", "meta_epochs=1", "--output", name],
                in: folder.url, environment: environment)
            #expect(run.status == 0, "\(run.problems)")
            #expect(!run.problems.contains("SLURM"), "\(run.problems)")
        }
        #expect(
            try SmallStudy.files(of: folder.url.appending(path: "one")).keys.sorted()
                == SmallStudy.files(of: folder.url.appending(path: "other")).keys.sorted())
        let refused = try CommandRun(Self.sweep + ["x"], in: folder.url, environment: half)
        #expect(refused.status == 1)
        #expect(refused.problems.contains("SLURM_ARRAY_TASK_MIN"), "\(refused.problems)")
    }

    @Test("a run that is impossible does not end the others")
    func failing() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let run = try CommandRun(
            [
                "train", "study.json", "inner.optimizer=sgd", "inner.epochs=40", "meta_epochs=1",
                "model.hidden=[16]", "baselines.pretrained=false", "--sweep",
                "inner.learning_rate=100,1e-3", "--output", "sweep",
            ], in: folder.url)
        #expect(run.status == 1, "\(run.problems)")
        #expect(run.problems.contains("is no longer a finite number"))
        let table = try String(
            contentsOf: folder.url.appending(path: "sweep/sweep.csv"), encoding: .utf8)
        #expect(table.contains(",unfinished,") && table.contains(",finished,"))
    }

    @Test(
        "what cannot be swept is said before anything is made",
        arguments: [
            (["--sweep", "sed=1,2", "--output", "x"], #"did you mean "seed"?"#, Int32(1)),
            (["--sweep", "seed=1,1", "--output", "x"], "points that differ", 1),
            (["--sweep", "seed=1,2", "seed=3", "--output", "x"], "stands twice", 1),
            (["--sweep", "seed=1,2"], "--sweep needs --output", 2),
            (["--shard", "1/2"], "--shard needs --sweep", 2),
            (["--sweep", "seed=1,2", "--output", "x", "--shard", "3/2"], "i/n", 1),
        ])
    func refused(arguments: [String], message: String, status: Int32) throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let run = try CommandRun(["train", "study.json"] + arguments, in: folder.url)
        #expect(run.status == status, "\(run.problems)")
        #expect(run.problems.contains(message), "\(run.problems)")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "x").path()))
    }
}
