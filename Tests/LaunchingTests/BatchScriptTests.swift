import Foundation
import Launching
import TestSupport
import Testing

@Suite("Scripts of jobs")
struct BatchScriptTests {
    private static func script(
        _ stage: JobStage, _ settings: ClusterSettings = ClusterSettings(),
        launcher: LauncherName = .slurm, maxRunning: Int? = nil,
        folder: String = "/home/me/study", events: String = "/home/me/study/archive/.jobs/1/events"
    ) -> BatchScript {
        BatchScript(
            stage: stage, settings: settings, commandName: "convert", folder: folder,
            eventFolder: events, maxRunning: maxRunning, launcher: launcher)
    }

    private static func awkward() throws -> BatchScript {
        script(
            JobStage(
                "shards",
                [
                    "/opt/my task/myotask", "convert", "O'Brien's lab", "$HOME/`id`", "--output",
                    "a \"b\"",
                ], shardCount: 16), try ClusterSettingsTests.settings(ClusterSettingsTests.full),
            maxRunning: 4, folder: "/data/it's $here", events: "/data/100% \"sure\"/.jobs/1/events")
    }

    @Test("the script of an array with awkward names is the committed one")
    func golden() throws {
        #expect(
            try CommittedText.isCurrent(
                "Tests/LaunchingTests/Golden/shards.sh", generated: Self.awkward().text),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }

    @Test("the script of a collecting job is the committed one")
    func collecting() throws {
        let stage = JobStage("collect", ["/opt/myotask", "collect", "sweep"], start: .afterEnd)
        let settings = try ClusterSettingsTests.settings(ClusterSettingsTests.full)
        #expect(
            try CommittedText.isCurrent(
                "Tests/LaunchingTests/Golden/collect.sh",
                generated: Self.script(stage, settings).text),
            "record it with MYOTASK_RECORD_GOLDENS=1")
    }

    @Test("bash takes a script with awkward names")
    func syntax() throws {
        let script = try Self.awkward()
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "s.sh")
        try Data(script.text.utf8).write(to: file)
        let check = try Shell.run(["/bin/bash", "-n", file.path(percentEncoded: false)])
        #expect(check.status == 0, "\(check.output)")
    }

    @Test(
        "ranks are started by what the settings name, and by mpirun on this machine",
        arguments: [
            (ClusterSettings.RankStarter.srun, LauncherName.slurm, "srun --mpi=pmix /bin/m train"),
            (.mpirun, .slurm, "mpirun -n 3 /bin/m train"),
            (.srun, .local, "mpirun -n 3 /bin/m train"),
        ])
    func ranks(starter: ClusterSettings.RankStarter, launcher: LauncherName, line: String) {
        var settings = ClusterSettings()
        settings.rankStarter = starter
        let stage = JobStage("train", ["/bin/m", "train"], ranks: 3)
        let text = Self.script(stage, settings, launcher: launcher).text
        #expect(text.hasSuffix("\n\(line)\n"), "\(text)")
        #expect(text.contains("#SBATCH --ntasks=3\n"))
    }

    @Test("--shard stands before what is no option")
    func terminator() {
        let stage = JobStage("shards", ["/bin/m", "convert", "--", "-odd"], shardCount: 2)
        #expect(Self.script(stage).text.hasSuffix("/bin/m convert --shard \"$shard/2\" -- -odd\n"))
    }

    @Test(
        "a shard runs by hand, tells its begin and end, and has its status",
        arguments: [("exit 0", Int32(0)), ("exit 1", 1), ("exit 7", 7), ("kill -KILL $$", 137)])
    func events(command: String, status: Int32) throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "it's $a \"place\"")
        let events = place.appending(path: "events")
        try FileManager.default.createDirectory(at: events, withIntermediateDirectories: true)
        var settings = ClusterSettings()
        settings.prologue = ["test -z \"$NOT_SET\"", "export GREETING='good day'"]
        let stage = JobStage(
            "shards",
            [
                "/bin/bash", "-c", "echo \"$GREETING, $0 $*\"; pwd; \(command)", "O'Brien", "a  b",
            ], shardCount: 4)
        let script = Self.script(
            stage, settings, launcher: .local, folder: place.path(percentEncoded: false),
            events: events.path(percentEncoded: false))
        let file = place.appending(path: "shards.sh")
        try Data(script.text.utf8).write(to: file)
        let run = try Shell.run(["/bin/bash", file.path(percentEncoded: false), "3", "local-1"])
        #expect(run.status == status)
        #expect(run.output.contains("good day, O'Brien a  b --shard 3/4\n"), "\(run.output)")
        #expect(run.output.contains("it's $a \"place\"\n"))
        let lines = try String(
            contentsOf: events.appending(path: "shards-003.jsonl"), encoding: .utf8
        )
        .split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix(#"{"event": "start", "job": "local-1", "time": "#))
        #expect(lines[1].hasSuffix(", \"status\": \(status)}"), "\(lines[1])")
    }

    @Test("what was begun before is gone on with")
    func resumption() throws {
        let folder = try TemporaryFolder()
        var stage = JobStage("train", ["/bin/echo", "begin"])
        stage.resumption = ["/bin/echo", "go on"]
        stage.resumesAt = folder.url.appending(path: "the run").path(percentEncoded: false)
        let script = Self.script(
            stage, launcher: .local, folder: folder.url.path(percentEncoded: false),
            events: folder.url.path(percentEncoded: false))
        let file = folder.url.appending(path: "train.sh")
        try Data(script.text.utf8).write(to: file)
        #expect(
            try Shell.run(["/bin/bash", file.path(percentEncoded: false), "1", "j"]).output
                == "begin\n")
        try Data().write(to: folder.url.appending(path: "the run"))
        #expect(
            try Shell.run(["/bin/bash", file.path(percentEncoded: false), "1", "j"]).output
                == "go on\n")
    }

    @Test("a prologue that fails is the failure of the shard")
    func prologue() throws {
        let folder = try TemporaryFolder()
        var settings = ClusterSettings()
        settings.prologue = ["false", "echo not reached"]
        let script = Self.script(
            JobStage("shards", ["/bin/echo"], shardCount: 1), settings, launcher: .local,
            folder: folder.url.path(percentEncoded: false),
            events: folder.url.path(percentEncoded: false))
        let file = folder.url.appending(path: "s.sh")
        try Data(script.text.utf8).write(to: file)
        let run = try Shell.run(["/bin/bash", file.path(percentEncoded: false), "1", "j"])
        #expect(run.status == 1 && run.output.isEmpty)
        let text = try String(
            contentsOf: folder.url.appending(path: "shards-001.jsonl"), encoding: .utf8)
        #expect(text.contains("\"status\": 1}"))
    }
}
