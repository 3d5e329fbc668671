import Foundation
import Launching
import Synchronization
import TestSupport
import Testing

@Suite("Shards on this machine")
struct LocalLauncherTests {
    /// A job whose shards run a line of the shell; `$1` is `--shard` and `$2` is `I/N`.
    private static func job(
        _ line: String, shards: Int = 6, collect: String? = nil, in folder: URL
    ) throws -> (JobFolder, [JobStage]) {
        let output = folder.appending(path: "it's $a output")
        let job = JobFolder.new(for: output, isFile: false)
        var stages = [JobStage("shards", ["/bin/bash", "-c", line, "bash"], shardCount: shards)]
        if let collect {
            stages.append(JobStage("collect", ["/bin/bash", "-c", collect], start: .afterEnd))
        }
        try job.make(
            JobRecord(
                commandName: "convert", output: output.path(percentEncoded: false),
                launcher: .local, maxRunning: 2,
                stages: stages),
            stages.map {
                BatchScript(
                    stage: $0, settings: ClusterSettings(), commandName: "convert",
                    folder: folder.path(percentEncoded: false),
                    eventFolder: job.eventFolder.path(percentEncoded: false),
                    maxRunning: 2, launcher: .local)
            })
        return (job, stages)
    }

    @Test("every shard is done once, some at a time, and what collects comes last")
    func whole() throws {
        let folder = try TemporaryFolder()
        let (job, stages) = try Self.job(
            "echo start >>trace; sleep 0.2; echo end >>trace; echo \"$2\" >>done",
            collect: "sort done >all",
            in: folder.url)
        let shown = Mutex(0)
        let status = try LocalLauncher(maxRunning: 2).run(
            .all(of: stages), in: job,
            show: { status in
                shown.withLock { $0 = max($0, status.stages[0].count("running")) }
            })
        #expect((1...2).contains(shown.withLock { $0 }))
        #expect(status.isDone && status.isOver)
        #expect(try JobStatus(of: job).isDone)
        let all = try String(contentsOf: folder.url.appending(path: "all"), encoding: .utf8)
        #expect(all == (1...6).map { "\($0)/6\n" }.joined())
        var running = 0
        var most = 0
        for line in try String(contentsOf: folder.url.appending(path: "trace"), encoding: .utf8)
            .split(separator: "\n")
        {
            running += line == "start" ? 1 : -1
            most = max(most, running)
        }
        #expect(most == 2)
        #expect(status.stages[0].seconds.allSatisfy { $0 != nil })
    }

    @Test("shards that were killed are done again, and no other")
    func killed() throws {
        let folder = try TemporaryFolder()
        let (job, stages) = try Self.job(
            "echo \"$2\" >>tries; case $2 in 2/*|5/*) test -e again || kill -KILL $$ ;; esac",
            collect: "echo c >>collected",
            in: folder.url)
        let first = try LocalLauncher(maxRunning: 2).run(.all(of: stages), in: job)
        #expect(first.stages[0].unfinished == [2, 5])
        #expect(first.stages[0].states[1] == .failed(reason: "it was ended by signal 9"))
        #expect(!first.isDone && first.isOver)
        #expect(first.unfinishedWork.map(\.shards) == [[2, 5], [1]])
        try Data().write(to: folder.url.appending(path: "again"))
        let second = try LocalLauncher(maxRunning: 2).run(first.unfinishedWork, in: job)
        #expect(second.isDone && second.unfinishedWork.isEmpty)
        let tries = try String(contentsOf: folder.url.appending(path: "tries"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        #expect(tries.sorted() == ["1/6", "2/6", "2/6", "3/6", "4/6", "5/6", "5/6", "6/6"])
        let collected = try String(
            contentsOf: folder.url.appending(path: "collected"), encoding: .utf8)
        #expect(collected == "c\nc\n")
    }

    @Test("who is asked to stop lets what runs save, begins nothing, and goes on later")
    func stopped() throws {
        let folder = try TemporaryFolder()
        let (job, stages) = try Self.job(
            "test -e again && exit 0; trap 'echo saved >>saved; exit 130' TERM; echo x >>begun; sleep 20 & wait",
            collect: "true", in: folder.url)
        let begun = folder.url.appending(path: "begun")
        let status = try LocalLauncher(maxRunning: 2).run(
            .all(of: stages), in: job,
            isStopped: {
                (try? String(contentsOf: begun, encoding: .utf8))?.count == 4
            })
        #expect(status.stages[0].count("canceled") == 6)
        #expect(status.stages[1].count("canceled") == 1)
        let saved = try String(contentsOf: folder.url.appending(path: "saved"), encoding: .utf8)
        #expect(saved == "saved\nsaved\n")
        try Data().write(to: folder.url.appending(path: "again"))
        #expect(try LocalLauncher(maxRunning: 3).run(status.unfinishedWork, in: job).isDone)
    }

    @Test("a stage that needs the success of the one before does not begin without it")
    func needed() throws {
        let folder = try TemporaryFolder()
        let job = JobFolder.new(for: folder.url.appending(path: "out"), isFile: false)
        let stages = [
            JobStage("data", ["/bin/bash", "-c", "test -e again"]),
            JobStage(
                "shards", ["/bin/bash", "-c", "echo x >>ran"], shardCount: 2, start: .afterSuccess),
        ]
        try job.make(
            JobRecord(
                commandName: "run", output: "out", launcher: .local, maxRunning: 1, stages: stages),
            stages.map {
                BatchScript(
                    stage: $0, settings: ClusterSettings(), commandName: "run",
                    folder: folder.url.path(percentEncoded: false),
                    eventFolder: job.eventFolder.path(percentEncoded: false), maxRunning: 1,
                    launcher: .local)
            })
        let status = try LocalLauncher(maxRunning: 1).run(.all(of: stages), in: job)
        #expect(status.stages[0].states == [.refused])
        #expect(status.stages[1].count("canceled") == 2)
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.url.appending(path: "ran").path(percentEncoded: false)))
        try Data().write(to: folder.url.appending(path: "again"))
        #expect(try LocalLauncher(maxRunning: 1).run(status.unfinishedWork, in: job).isDone)
    }

    @Test("a job is found by what it makes, the last of several, and by its own folder")
    func found() throws {
        let folder = try TemporaryFolder()
        let output = folder.url.appending(path: "it's $a output")
        #expect(throws: LaunchError.self) { try JobFolder.find(output) }
        let (first, _) = try Self.job("true", in: folder.url)
        let (second, _) = try Self.job("true", in: folder.url)
        #expect(first != second)
        #expect(try JobFolder.find(output) == second)
        #expect(try JobFolder.find(first.url) == first)
        #expect(try second.record().commandName == "convert")
    }

    @Test("a record that is damaged or of another kind is refused")
    func damaged() throws {
        let folder = try TemporaryFolder()
        let (job, _) = try Self.job("true", in: folder.url)
        for text in ["{", "{\"format\": \"myotask.sweep\", \"format_version\": 1}"] {
            try Data(text.utf8).write(to: job.url.appending(path: "job.json"))
            #expect(throws: (any Error).self) { try job.record() }
        }
    }
}
