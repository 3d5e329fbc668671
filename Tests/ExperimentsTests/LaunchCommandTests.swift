import Documents
import Foundation
import TestSupport
import Testing

@Suite("train --launcher")
struct LaunchCommandTests {
    private static let sweep = [
        "train", "study.json", "--config", "t.yaml", "--sweep",
        "inner.learning_rate=1e-3,1e-4", "seed=1,2", "--output",
    ]

    private static func table(_ name: String, in folder: URL) throws -> String {
        try String(contentsOf: folder.appending(path: "\(name)/sweep.csv"), encoding: .utf8)
    }

    /// A folder of programs that are called as Slurm's are: jobs run at once, but for those whose
    /// scripts are told to be held by a file `hold`, which the queue lists as pending.
    private static func fakeSlurm(in folder: URL) throws -> [String: String] {
        let bin = folder.appending(path: "bin")
        try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
        let programs = [
            "sbatch": """
            #!/usr/bin/env bash
            cd "$FAKE"
            printf '%s\\n' "$*" >>sbatch.txt
            if [ -e refuse ]; then echo "sbatch: error: invalid partition specified: foo" >&2; exit 1; fi
            number=$(($(cat number 2>/dev/null || echo 100) + 1))
            echo "$number" >number
            for script; do :; done
            array=$(sed -n 's/^#SBATCH --array=\\([^%]*\\).*/\\1/p' "$script")
            for word; do case $word in --array=*) array=${word#--array=}; array=${array%%%*} ;; esac; done
            tasks=""
            for range in ${array//,/ }; do tasks="$tasks $(seq -s ' ' ${range%-*} ${range#*-})"; done
            unset SLURM_ARRAY_JOB_ID SLURM_ARRAY_TASK_ID SLURM_JOB_ID
            if [ -e hold ]; then
                for task in ${tasks:-0}; do
                    id=$number; [ "$task" = 0 ] || id=${number}_$task
                    echo "$id|PENDING|Resources" >>queue
                done
            elif [ -n "$tasks" ]; then
                for task in $tasks; do
                    SLURM_ARRAY_JOB_ID=$number SLURM_ARRAY_TASK_ID=$task bash "$script" >>"log-$number" 2>&1
                done
            else
                SLURM_JOB_ID=$number bash "$script" >>"log-$number" 2>&1
            fi
            echo "$number;cluster"
            """,
            "squeue": """
            #!/usr/bin/env bash
            cd "$FAKE"
            printf '%s\\n' "$*" >>squeue.txt
            if [ -e silent ]; then echo "squeue: error: Unable to contact slurm controller" >&2; exit 1; fi
            [ -s queue ] || { echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1; }
            cat queue
            """,
            "scancel": """
            #!/usr/bin/env bash
            cd "$FAKE"
            printf '%s\\n' "$*" >>scancel.txt
            rm -f queue
            """,
            "sacct": """
            #!/usr/bin/env bash
            echo "Slurm accounting storage is disabled" >&2
            exit 1
            """,
        ]
        for (name, text) in programs {
            let file = bin.appending(path: name)
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: file.path())
        }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return ["PATH": "\(bin.path()):\(path)", "FAKE": folder.path(), "SQUEUE_FORMAT": "%i"]
    }

    @Test("shards on this machine make the table of a sweep without them")
    func local() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        try SmallStudy.run(Self.sweep + ["whole"], in: folder.url)
        let run = try SmallStudy.run(
            Self.sweep + [
                "it's $here", "--launcher", "local", "--max-running", "2", "--shards", "3",
            ],
            in: folder.url)
        #expect(run.output.contains("shards        3"), "\(run.output)")
        #expect(try Self.table("it's $here", in: folder.url) == Self.table("whole", in: folder.url))
        let status = try SmallStudy.run(["jobs", "status", "it's $here", "--json"], in: folder.url)
        let object = try Document(json: status.output.utf8, name: "status").cursor.object()
        #expect(try object.required("is_done").boolean())
        let nothing = try CommandRun(["jobs", "requeue", "it's $here"], in: folder.url)
        #expect(nothing.status == 1 && nothing.problems.contains("everything is done"))
    }

    @Test("an array of Slurm and its collecting job make the same table")
    func slurm() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let environment = try Self.fakeSlurm(in: folder.url)
        try SmallStudy.run(Self.sweep + ["whole"], in: folder.url)
        let yaml = "account: emg\nmax_running: 2\noptions: [--nice=5]\n"
        try Data(yaml.utf8).write(to: folder.url.appending(path: "cluster.yaml"))
        let run = try CommandRun(
            Self.sweep + [
                "100% sure", "--launcher=slurm", "--cluster", "cluster.yaml", "--follow",
            ],
            in: folder.url, environment: environment)
        #expect(run.status == 0, "\(run.problems)")
        #expect(run.problems.contains("shards: job 101, 4 shards"))
        #expect(run.problems.contains("collect: job 102, 1 shard"))
        #expect(try Self.table("100% sure", in: folder.url) == Self.table("whole", in: folder.url))
        let calls = try String(
            contentsOf: folder.url.appending(path: "sbatch.txt"), encoding: .utf8
        )
        .split(separator: "\n")
        #expect(calls.count == 2)
        #expect(
            calls[0].contains("/100%% sure/.jobs/") && calls[0].contains("/logs/shards-%3a.log "))
        #expect(calls[1].contains(" --dependency=afterany:101 --kill-on-invalid-dep=yes "))
    }

    @Test("shards that were killed are handed over again, and the collecting job behind them")
    func requeued() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let environment = try Self.fakeSlurm(in: folder.url)
        // A program that dies in two of the shards as long as a file is there.
        let program = folder.url.appending(path: "m y.sh")
        let text = """
            #!/usr/bin/env bash
            for word; do case $word in 2/4|3/4) [ ! -e "$FAKE/die" ] || kill -KILL $$ ;; esac; done
            exec '\(try CommandRun.executable().path())' "$@"
            """
        try Data(text.utf8).write(to: program)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: program.path(percentEncoded: false))
        try Data("program: \(program.path(percentEncoded: false))\n".utf8)
            .write(to: folder.url.appending(path: "cluster.yaml"))
        try Data().write(to: folder.url.appending(path: "die"))
        let run = try CommandRun(
            Self.sweep + ["sweep", "--launcher", "slurm", "--cluster", "cluster.yaml", "--follow"],
            in: folder.url, environment: environment)
        #expect(run.status == 1)
        #expect(run.problems.contains("shards-002: it was ended by signal 9"), "\(run.problems)")
        #expect(run.problems.contains("collect: not everything could be done"))
        try FileManager.default.removeItem(at: folder.url.appending(path: "die"))
        let again = try CommandRun(
            ["jobs", "requeue", "sweep", "--follow"], in: folder.url, environment: environment)
        #expect(again.status == 0, "\(again.problems)")
        #expect(again.problems.contains("shards: job 103, 2 shards"))
        let calls = try String(
            contentsOf: folder.url.appending(path: "sbatch.txt"), encoding: .utf8
        )
        .split(separator: "\n")
        #expect(calls[2].contains(" --array=2-3 "))
        #expect(calls[3].contains("--dependency=afterany:103"))
        #expect(try Self.table("sweep", in: folder.url).split(separator: "\n").count == 5)
    }

    @Test("what waits is not started twice, and is canceled and done again")
    func canceled() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let environment = try Self.fakeSlurm(in: folder.url)
        let hold = folder.url.appending(path: "hold")
        try Data().write(to: hold)
        let start = Self.sweep + ["sweep", "--launcher", "slurm"]
        let first = try CommandRun(start, in: folder.url, environment: environment)
        #expect(first.status == 0, "\(first.problems)")
        #expect(first.problems.contains("jobs follow "))
        let twice = try CommandRun(start, in: folder.url, environment: environment)
        #expect(twice.status == 1)
        #expect(
            twice.problems.contains("sweep: 5 shards of it are pending or running already"),
            "\(twice.problems)")
        let status = try CommandRun(
            ["jobs", "status", "sweep"], in: folder.url, environment: environment)
        #expect(status.status == 0)
        let busy = try CommandRun(
            ["jobs", "requeue", "sweep"], in: folder.url, environment: environment)
        #expect(
            busy.status == 1 && busy.problems.contains("nothing has failed"), "\(busy.problems)")
        let end = try CommandRun(
            ["jobs", "cancel", "sweep"], in: folder.url, environment: environment)
        #expect(end.output.contains("5 shards canceled"), "\(end.output) \(end.problems)")
        let calls = try String(
            contentsOf: folder.url.appending(path: "scancel.txt"), encoding: .utf8)
        #expect(calls == "101 102\n")
        let after = try CommandRun(
            ["jobs", "status", "sweep"], in: folder.url, environment: environment)
        #expect(after.status == 1 && after.output.contains("canceled"))
        try FileManager.default.removeItem(at: hold)
        let again = try CommandRun(
            ["jobs", "requeue", "sweep", "--follow"], in: folder.url, environment: environment)
        #expect(again.status == 0, "\(again.problems)")
    }

    @Test("Ctrl-C ends the watching and not the jobs")
    func interrupted() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let environment = try Self.fakeSlurm(in: folder.url)
        try Data().write(to: folder.url.appending(path: "hold"))
        let process = Process()
        process.executableURL = try CommandRun.executable()
        process.arguments = Self.sweep + ["sweep", "--launcher", "slurm", "--follow"]
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        var seen = ""
        while !seen.contains("shards: 4 pending of 4; collect: pending\n") {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            seen += String(decoding: data, as: UTF8.self)
        }
        process.interrupt()
        seen += String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        #expect(seen.contains("the jobs go on\n  hint: watch them again by: "), "\(seen)")
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.url.appending(path: "scancel.txt").path()))
    }

    @Test("sbatch's refusal is one error with its words, and leaves no job behind")
    func refused() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let environment = try Self.fakeSlurm(in: folder.url)
        try Data().write(to: folder.url.appending(path: "refuse"))
        let run = try CommandRun(
            Self.sweep + ["sweep", "--launcher", "slurm"], in: folder.url, environment: environment)
        #expect(run.status == 1)
        #expect(
            run.problems.contains(
                "sbatch: sbatch: error: invalid partition specified: foo\n  hint: "),
            "\(run.problems)")
        let status = try CommandRun(["jobs", "status", "sweep"], in: folder.url)
        #expect(status.status == 1 && status.problems.contains("no jobs were started for it"))
    }

    @Test("without Slurm it is said what to install, and a dry run works")
    func missing() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let bare = ["PATH": "/nowhere"]
        let run = try CommandRun(
            Self.sweep + ["sweep", "--launcher", "slurm"], in: folder.url, environment: bare)
        #expect(run.status == 1)
        #expect(
            run.problems.contains("sbatch: is not installed here\n  hint: run this on a machine of")
        )
        #expect(run.problems.contains("--launcher local"))
        let dry = try CommandRun(
            Self.sweep + ["sweep", "--launcher", "slurm", "--dry-run"], in: folder.url,
            environment: bare)
        #expect(dry.status == 0, "\(dry.problems)")
        #expect(dry.output.contains("#SBATCH --array=1-4\n"))
        #expect(dry.output.contains("--shard \"$shard/4\"\n"))
        #expect(dry.output.contains("\"--dependency=afterany:$shards\""))
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "sweep").path()))
    }

    @Test(
        "options that do not fit are refused before anything is made",
        arguments: [
            (["--follow", "--output", "x"], "--follow needs --launcher"),
            (["--shards", "3", "--output", "x"], "--shards needs --launcher"),
            (["--dry-run", "--output", "x"], "--dry-run needs --launcher"),
            (["--launcher", "local"], "--launcher needs --output"),
            (["--launcher", "pbs", "--output", "x"], "pbs"),
            (
                ["--launcher", "local", "--max-running", "0", "--output", "x"],
                "--max-running must be"
            ),
            (
                ["--launcher", "local", "--sweep", "seed=1,2", "--shard", "1/2", "--output", "x"],
                "exclude each other"
            ),
        ])
    func usage(arguments: [String], message: String) throws {
        let folder = try TemporaryFolder()
        let run = try CommandRun(["train", "study.json"] + arguments, in: folder.url)
        #expect(run.status == 2 && run.problems.contains(message), "\(run.problems)")
    }

    @Test("a single training goes on where it was ended")
    func single() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        let train = ["train", "study.json", "--config", "t.yaml", "--output"]
        try SmallStudy.run(train + ["whole"], in: folder.url)
        try SmallStudy.run(train + ["run", "--launcher", "local"], in: folder.url)
        let (whole, run) = (
            try SmallStudy.files(of: folder.url.appending(path: "whole")),
            try SmallStudy.files(of: folder.url.appending(path: "run"))
        )
        #expect(run == whole)
        let twice = try CommandRun(train + ["run", "--launcher", "local"], in: folder.url)
        #expect(twice.status == 1 && twice.problems.contains("a folder that is not there yet"))
        let status = try SmallStudy.run(["jobs", "status", "run"], in: folder.url)
        #expect(status.output.contains("train"))
    }

    @Test("an experiment prepares its data, does its runs in shards and collects their table")
    func experiment() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url, builds: false)
        let experiment = """
            name: small
            convert: {inputs: [lab]}
            build: c.yaml
            train: t.yaml
            sweep: {train.seed: [1, 2, 3]}
            """
        try Data(experiment.utf8).write(to: folder.url.appending(path: "small.yaml"))
        try SmallStudy.run(["run", "small.yaml", "--output", "whole"], in: folder.url)
        let run = try SmallStudy.run(
            ["run", "small.yaml", "--output", "parts", "--launcher", "local"], in: folder.url)
        #expect(run.output.contains("data") && run.output.contains("collect"), "\(run.output)")
        #expect(
            try Self.table("parts/runs", in: folder.url) == Self.table("whole/runs", in: folder.url)
        )
        let data = try SmallStudy.run(
            ["run", "small.yaml", "--output", "data", "--data-only"], in: folder.url)
        #expect(data.status == 0)
        #expect(
            !FileManager.default.fileExists(atPath: folder.url.appending(path: "data/runs").path()))
    }
}
