import Foundation
import TestSupport
import Testing

/// The option `--shard`, and what the environment of a cluster does without it.
@Suite("The option --shard")
struct ShardOptionTests {
    /// The environment of task 2 of `--array=1-3`.
    private static let array = [
        "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "3",
        "SLURM_ARRAY_TASK_STEP": "1", "SLURM_ARRAY_TASK_COUNT": "3",
    ]
    private static let half = ["SLURM_ARRAY_TASK_ID": "2"]

    private func laboratory(in folder: URL) throws {
        let run = try CommandRun(
            [
                "synth", "--style", "myo", "--patients", "6", "--conditions", "1", "--output",
                "lab",
            ], in: folder)
        try #require(run.status == 0)
    }

    @Test("left out in an array, the part is the array's, and it is said in one line")
    func array() throws {
        let folder = try TemporaryFolder()
        try laboratory(in: folder.url)
        let convert = ["convert", "lab", "--output"]
        let run = try CommandRun(convert + ["a"], in: folder.url, environment: Self.array)
        #expect(run.status == 0)
        #expect(run.problems.contains("shard 2/3 of SLURM_ARRAY_TASK_ID"), "\(run.problems)")
        #expect(run.output.contains("shard 2/3 of 6 inputs: 2 converted"), "\(run.output)")
        for (name, option) in [("b", "none"), ("c", "1/1")] {
            let whole = try CommandRun(
                convert + [name, "--shard", option], in: folder.url, environment: Self.array)
            #expect(whole.output.contains("6 converted"), "\(whole.output)")
            #expect(!whole.problems.contains("SLURM"), "\(whole.problems)")
        }
        let stated = try CommandRun(
            convert + ["d", "--shard", "1/6"], in: folder.url, environment: Self.half)
        #expect(stated.output.contains("1 converted"), "\(stated.output)")
    }

    @Test("half an environment is refused with the variables' names, before anything is made")
    func half() throws {
        let folder = try TemporaryFolder()
        try laboratory(in: folder.url)
        let run = try CommandRun(
            ["convert", "lab", "--output", "a"], in: folder.url, environment: Self.half)
        #expect(run.status == 1)
        #expect(run.problems.contains("SLURM_ARRAY_TASK_MIN"), "\(run.problems)")
        #expect(run.problems.contains("--shard none"))
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "a").path()))
    }

    @Test("more shards than inputs: a shard without any ends well, no input at all does not")
    func idle() throws {
        let folder = try TemporaryFolder()
        try laboratory(in: folder.url)
        let run = try CommandRun(
            ["convert", "lab", "--output", "a", "--shard", "9/9"], in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        #expect(run.output.contains("shard 9/9 of 6 inputs: 0 converted"), "\(run.output)")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "empty"), withIntermediateDirectories: true)
        for shard in ["1/9", "9/9"] {
            let none = try CommandRun(
                ["convert", "empty", "--output", "b", "--shard", shard], in: folder.url)
            #expect(none.status == 1)
            #expect(none.problems.contains("no recording was found"))
        }
    }

    @Test("what makes no sense is refused")
    func refused() throws {
        let folder = try TemporaryFolder()
        try laboratory(in: folder.url)
        _ = try CommandRun(["convert", "lab", "--output", "archive"], in: folder.url)
        for (arguments, message, status): ([String], String, Int32) in [
            (["convert", "lab", "--output", "x", "--shard", "4/3"], "i/n", 1),
            (
                ["convert", "lab", "--to", "edf", "--output", "x", "--shard", "1/3"],
                "without --to", 2
            ),
            (
                ["filter", "archive", "--preset", "pyemgpipeline", "--dry-run", "--shard", "1/3"],
                "--shard divides what is written", 2
            ),
            (
                [
                    "window", "archive", "--length", "9", "--stride", "9", "--output", "w.csv",
                    "--shard", "x",
                ],
                "i/n", 1
            ),
        ] {
            let run = try CommandRun(arguments, in: folder.url)
            #expect(run.status == status, "\(arguments): \(run.problems)")
            #expect(run.problems.contains(message), "\(arguments): \(run.problems)")
        }
    }

    @Test("in an array, a dry run and an export are neither divided nor refused")
    func undivided() throws {
        let folder = try TemporaryFolder()
        try laboratory(in: folder.url)
        _ = try CommandRun(["convert", "lab", "--output", "archive"], in: folder.url)
        for environment in [Self.array, Self.half] {
            for arguments in [
                ["filter", "archive", "--preset", "pyemgpipeline", "--dry-run"],
                ["convert", "lab", "--to", "csv", "--output", "tables"], ["formats"],
            ] {
                let run = try CommandRun(arguments, in: folder.url, environment: environment)
                #expect(run.status <= 1 && !run.problems.contains("SLURM"), "\(run.problems)")
            }
        }
    }
}
