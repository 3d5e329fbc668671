import Foundation
import TestSupport
import Testing

@Suite("convert, filter and window with --launcher")
struct LaunchedShardTests {
    private static let launch = ["--launcher", "local", "--shards", "3", "--max-running", "2"]

    private static func run(_ arguments: [String], in folder: URL) throws -> CommandRun {
        let run = try CommandRun(arguments, in: folder)
        try #require(run.status == 0, "\(arguments): \(run.problems)")
        return run
    }

    /// The recordings of an archive with their bytes.
    private static func recordings(_ name: String, in folder: URL) throws -> [String: Data] {
        let archive = folder.appending(path: name)
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(
            atPath: archive.path(percentEncoded: false)) where path.hasSuffix(".h5")
        {
            files[path] = try Data(contentsOf: archive.appending(path: path))
        }
        return files
    }

    @Test("shards make the bytes of one process: archive, conditioned archive, table")
    func bytes() throws {
        let folder = try TemporaryFolder()
        let place = folder.url
        _ = try Self.run(
            [
                "synth", "--style", "myo", "--patients", "4", "--conditions", "1", "--seed", "7",
                "--output", "lab",
            ], in: place)
        let pipeline = "stages:\n  - low_pass: {cutoff_hz: 6, order: 2}\n"
        try Data(pipeline.utf8).write(to: place.appending(path: "p.yaml"))
        let windows = [
            "window", "whole", "--length", "40", "--stride", "20", "--features", "mav,wl",
            "--output",
        ]
        _ = try Self.run(["convert", "lab", "--output", "whole"], in: place)
        _ = try Self.run(["filter", "whole", "--pipeline", "p.yaml", "--output", "low"], in: place)
        _ = try Self.run(windows + ["whole.csv"], in: place)

        let archive = try Self.run(
            ["convert", "lab", "--output", "it's $a"] + Self.launch, in: place)
        #expect(archive.output.contains("collect"), "\(archive.output)")
        let expected = try Self.recordings("whole", in: place)
        #expect(expected.count == 4)
        #expect(try Self.recordings("it's $a", in: place) == expected)
        #expect(
            FileManager.default.fileExists(
                atPath: place.appending(path: "it's $a/summary.json").path(percentEncoded: false)))

        _ = try Self.run(
            ["filter", "whole", "--pipeline", "p.yaml", "--output", "parts"] + Self.launch,
            in: place)
        #expect(try Self.recordings("parts", in: place) == Self.recordings("low", in: place))

        _ = try Self.run(windows + ["parts.csv"] + Self.launch, in: place)
        #expect(
            try Data(contentsOf: place.appending(path: "parts.csv"))
                == Data(contentsOf: place.appending(path: "whole.csv")))
        let rest = try FileManager.default.contentsOfDirectory(atPath: place.path())
        #expect(!rest.contains { $0.contains("-of-") }, "\(rest)")
        let status = try Self.run(["jobs", "status", "parts.csv"], in: place)
        #expect(status.output.contains("shards        3"), "\(status.output)")
    }

    @Test("an input that is refused is told, and is done again when it was mended")
    func refused() throws {
        let folder = try TemporaryFolder()
        let place = folder.url
        _ = try Self.run(
            [
                "synth", "--style", "myo", "--patients", "3", "--conditions", "1", "--seed", "7",
                "--output", "lab",
            ], in: place)
        let files = try FileManager.default.subpathsOfDirectory(
            atPath: place.appending(path: "lab").path()
        ).filter { $0.hasSuffix(".csv") }.sorted()
        let broken = place.appending(path: "lab/\(try #require(files.last))")
        let whole = try Data(contentsOf: broken)
        try (whole.prefix(3_000) + Data("\nx,y,z\n".utf8)).write(to: broken)
        let run = try CommandRun(
            ["convert", "lab", "--output", "archive"] + Self.launch, in: place)
        #expect(run.status == 1)
        #expect(run.problems.contains("not everything could be done (status 1)"), "\(run.problems)")
        #expect(run.problems.contains("jobs requeue "))
        try whole.write(to: broken)
        let again = try CommandRun(["jobs", "requeue", "archive"], in: place)
        #expect(again.status == 0, "\(again.problems)")
        #expect(try Self.recordings("archive", in: place).count == 3)
    }

    @Test(
        "options that do not fit are refused",
        arguments: [
            (["convert", "lab", "--output", "a", "--launcher", "local"], "--shards is needed"),
            (
                [
                    "convert", "lab", "--output", "a", "--launcher", "local", "--shards", "2",
                    "--shard",
                    "1/2",
                ], "exclude each other"
            ),
            (["convert", "lab", "--output", "a", "--dry-run"], "--dry-run needs --launcher"),
            (
                [
                    "filter", "a", "--pipeline", "p.yaml", "--dry-run", "--launcher", "local",
                    "--shards",
                    "2",
                ], "it needs --output"
            ),
            (
                [
                    "window", "a", "--length", "4", "--stride", "2", "--output", "w.csv",
                    "--shards", "2",
                ], "--shards needs --launcher"
            ),
        ])
    func usage(arguments: [String], message: String) throws {
        let folder = try TemporaryFolder()
        let run = try CommandRun(arguments, in: folder.url)
        #expect(run.status == 2 && run.problems.contains(message), "\(run.problems)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
    }

    @Test("the shards' commands have the user's words and none of the launcher's")
    func words() throws {
        let folder = try TemporaryFolder()
        let run = try Self.run(
            [
                "convert", "a b", "--launcher=slurm", "--output", "c", "--shards", "2", "--follow",
                "--dry-run", "--max-running=1", "--json", "--", "-odd",
            ], in: folder.url)
        #expect(
            run.output.contains(
                #" convert 'a b' --output c --threads 1 --shard "$shard/2" -- -odd"# + "\n"),
            "\(run.output)")
        #expect(run.output.contains("#SBATCH --array=1-2%1\n"))
    }
}
