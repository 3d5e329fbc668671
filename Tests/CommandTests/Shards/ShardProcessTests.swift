import Foundation
import TestSupport
import Testing

/// Processes with `--shard i/n`, undisturbed, killed, repeated and two of one shard at once. What is
/// compared is everything but the records in the folder `.shards`, which say who did what when.
@Suite("Shards as processes")
struct ShardProcessTests {
    private static let shards = (1...16).map { "\($0)/16" }

    @Test("16 conversions, two of them killed and repeated, leave the bytes of one process")
    func conversions() throws {
        let folder = try TemporaryFolder()
        let lab = try ShardedLaboratory(in: folder.url, patients: 8)
        let convert = ["convert", "lab", "--threads", "1", "--output"]
        let begin = ContinuousClock.now
        let whole = try lab.run(convert + ["whole", "--shard", "none"])
        let duration = ContinuousClock.now - begin
        #expect(whole.status == 1, "the hostile file and the twins are refused")
        #expect(try lab.files(of: "whole").count == 6)
        #expect(
            try contents(of: folder.url.appending(path: "whole")).keys.allSatisfy {
                !$0.hasPrefix(".shards")
            })

        var statuses: [Int32] = []
        var killed = 0
        for shard in Self.shards where shard != "1/16" && shard != "5/16" {
            statuses.append(try lab.run(convert + ["sharded", "--shard", shard]).status)
        }
        for shard in ["1/16", "5/16"] {
            for moment in 1...4 {
                let run = try lab.run(
                    convert + ["sharded", "--shard", shard], killedAfter: duration * moment / 10)
                if run.status == 128 + SIGKILL { killed += 1 }
            }
        }
        #expect(killed >= 2)
        for shard in ["1/16", "5/16"] {
            statuses.append(try lab.run(convert + ["sharded", "--shard", shard]).status)
        }
        #expect(statuses.allSatisfy { $0 <= 1 })
        #expect(statuses.contains(0), "a shard whose inputs are sound ends with 0")
        #expect(try lab.expectEqual("whole", "sharded") == [])

        let status = try lab.run(["archive", "status", "sharded"])
        #expect(status.status == 1)
        #expect(status.output.contains("16 of 16 shards done"), "\(status.output)")
        #expect(status.output.contains("6 done, 3 refused, 0 missing"), "\(status.output)")
        #expect(status.problems.contains("p2_111.csv:62:"), "\(status.problems)")
        #expect(!status.problems.contains("\u{1B}"))

        // One process with a record, and sixteen: the same summary.
        try lab.run(convert + ["alone", "--shard", "1/1"])
        for name in ["sharded", "alone"] {
            #expect(try lab.run(["archive", "merge", name]).status == 1)
        }
        #expect(try lab.expectEqual("alone", "sharded") == [])
        #expect(try lab.files(of: "alone")["summary.json"] != nil)
        #expect(try lab.expectEqual("whole", "sharded", without: ["summary.json"]) == [])
    }

    @Test("two processes of one shard at once leave the bytes of one process")
    func twice() async throws {
        let folder = try TemporaryFolder()
        let lab = try ShardedLaboratory(in: folder.url)
        let convert = ["convert", "lab", "--output"]
        try lab.run(convert + ["whole", "--shard", "none"])
        for _ in 0..<3 {
            try? FileManager.default.removeItem(at: folder.url.appending(path: "twice"))
            let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
                for shard in ["1/2", "1/2", "2/2", "2/2"] {
                    group.addTask {
                        try lab.run(convert + ["twice", "--shard", shard]).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0 <= 1 }, "\(statuses)")
            #expect(try lab.expectEqual("whole", "twice") == [])
        }
    }

    @Test("shards of filter take amplitudes from recordings of other shards")
    func filters() throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        for patient in 1...3 {
            for condition in ["mvc", "task"] {
                try archive.add("p\(patient)/s1/\(condition)", seconds: 2)
            }
        }
        let pipeline = """
            stages:
              - high_pass: {cutoff_hz: 20}
              - normalize: {method: mvc, recording: mvc, percentile: 95}
            """
        let whole = try FilterArchive.filter(
            ["--output", "whole"], pipeline: pipeline, in: folder.url)
        #expect(whole.status == 0, "\(whole.problems)")
        let lab = Lab(folder: folder.url)
        for shard in ["1/4", "2/4", "2/4", "3/4", "4/4"] {
            let run = try FilterArchive.filter(
                ["--output", "sharded", "--shard", shard], pipeline: pipeline, in: folder.url)
            #expect(run.status == 0, "\(run.problems)")
        }
        #expect(try lab.differences("whole", "sharded") == [])
        let status = try CommandRun(["archive", "status", "sharded"], in: folder.url)
        #expect(status.status == 0, "\(status.output)\(status.problems)")
        #expect(status.output.contains("6 done, 0 refused, 0 missing"), "\(status.output)")
    }

    @Test("a shard of filter that is killed goes on, and what changed since is made again")
    func filterJournal() throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        for patient in 1...6 { try archive.add("p\(patient)/s1/task", seconds: 4) }
        let pipeline = "stages: [{high_pass: {cutoff_hz: 20}}]"
        let begin = ContinuousClock.now
        _ = try FilterArchive.filter(["--output", "whole"], pipeline: pipeline, in: folder.url)
        let duration = ContinuousClock.now - begin
        let filter = [
            "filter", "archive", "--pipeline", "p.yaml", "--output", "sharded", "--shard", "1/1",
        ]
        for moment in 1...8 {
            _ = try CommandRun(filter, in: folder.url, killedAfter: duration * moment / 10)
        }
        let last = try CommandRun(filter, in: folder.url)
        #expect(last.status == 0, "\(last.problems)")
        let lab = Lab(folder: folder.url)
        #expect(try lab.differences("whole", "sharded") == [])
        let again = try CommandRun(filter, in: folder.url)
        #expect(again.output.contains("0 filtered, 6 already up to date"), "\(again.output)")
        // Another file in the place of one that was made, another recording, another pipeline.
        let made = folder.url.appending(path: "sharded/p1/s1/task.h5")
        try Data(contentsOf: folder.url.appending(path: "archive/p1/s1/task.h5")).write(to: made)
        try archive.add("p2/s1/task", seconds: 4) { 20 * FilterArchive.noise($0, $1) }
        let changed = try CommandRun(filter, in: folder.url)
        #expect(changed.output.contains("2 filtered, 4 already up to date"), "\(changed.output)")
        let other = "{stages: [{high_pass: {cutoff_hz: 20}}], precision: single}"
        try Data(other.utf8).write(to: folder.url.appending(path: "p.yaml"))
        #expect(try CommandRun(filter, in: folder.url).output.contains("6 filtered"))
        let single = try FilterArchive.filter(
            ["--output", "single"], pipeline: other, in: folder.url)
        #expect(single.status == 0, "\(single.problems)")
        #expect(try lab.differences("single", "sharded") == [])
    }

    /// Files of folders but for records.
    private struct Lab {
        let folder: URL

        func differences(_ one: String, _ other: String) throws -> [String] {
            let all = try [one, other].map {
                try contents(of: folder.appending(path: $0)).filter {
                    !$0.key.hasPrefix(".shards/")
                }
            }
            return Set(all[0].keys).union(all[1].keys).filter { all[0][$0] != all[1][$0] }
                .sorted()
        }
    }

    static let tables: [(ending: String, options: [String])] =
        ["h5", "npy", "csv"].flatMap { ending in
            [[], ["--materialize"], ["--features", "mav,wl"]].map { (ending, $0) }
        }

    @Test("parts of tables put together have the bytes of one process", arguments: tables)
    func windows(ending: String, options: [String]) throws {
        let folder = try TemporaryFolder()
        let lab = try ShardedLaboratory(in: folder.url)
        try lab.run(["convert", "lab", "--output", "archive"])
        let window = ["window", "archive", "--length", "40", "--stride", "20"] + options
        #expect(try lab.run(window + ["--output", "whole/w.\(ending)"]).status == 0)
        // More shards than recordings: some parts have none.
        for shard in Self.shards where shard != "3/16" {
            let run = try lab.run(window + ["--output", "sharded/w.\(ending)", "--shard", shard])
            #expect(run.status == 0, "\(run.problems)")
        }
        let table = "sharded/w.\(ending)"
        let early = try lab.run(["archive", "merge", table])
        #expect(early.status == 1)
        #expect(early.problems.contains("missing 3/16"), "\(early.problems)")
        #expect(try lab.run(["archive", "status", table]).status == 1)

        let last = window + ["--output", table, "--shard", "3/16"]
        try lab.run(last, killedAfter: .milliseconds(20))
        try lab.run(last)
        #expect(try lab.run(["archive", "status", table]).status == 0)
        let merged = try lab.run(["archive", "merge", table, "--remove-parts"])
        #expect(merged.status == 0, "\(merged.problems)")
        #expect(try lab.expectEqual("whole", "sharded") == [])
    }

    @Test("what a table has no rows of is told by the first part, and again by the table")
    func refusedRecording() throws {
        let folder = try TemporaryFolder()
        let archive = FilterArchive(in: folder.url)
        for patient in 1...3 { try archive.add("p\(patient)/s1/task", seconds: 2) }
        try archive.add("p9/s1/task", seconds: 2, channels: ["emg0"])
        let window = [
            "window", "archive", "--length", "40", "--stride", "20", "--materialize", "--output",
        ]
        #expect(try CommandRun(window + ["w.npy"], in: folder.url).status == 1)
        var statuses: [Int32] = []
        for shard in ["1/3", "2/3", "3/3"] {
            let run = try CommandRun(window + ["s.npy", "--shard", shard], in: folder.url)
            statuses.append(run.status)
        }
        #expect(statuses == [1, 0, 0])
        let merged = try CommandRun(["archive", "merge", "s.npy"], in: folder.url)
        #expect(merged.status == 1)
        #expect(merged.problems.contains("p9/s1/task"), "\(merged.problems)")
        for (one, other) in [
            ("w.npy", "s.npy"), ("w.index.npy", "s.index.npy"), ("w.json", "s.json"),
        ] {
            #expect(
                try Data(contentsOf: folder.url.appending(path: one))
                    == Data(contentsOf: folder.url.appending(path: other)), "\(other)")
        }
    }

    @Test("parts of other settings are no table")
    func otherSettings() throws {
        let folder = try TemporaryFolder()
        let lab = try ShardedLaboratory(in: folder.url)
        try lab.run(["convert", "lab", "--output", "archive"])
        let window = ["window", "archive", "--stride", "20", "--output", "w.csv"]
        try lab.run(window + ["--length", "40", "--shard", "1/2"])
        try lab.run(window + ["--length", "41", "--shard", "2/2"])
        let merged = try lab.run(["archive", "merge", "w.csv"])
        #expect(merged.status == 1)
        #expect(merged.problems.contains("the table of the part 2/2"), "\(merged.problems)")
        let none = try lab.run(["archive", "merge", "other.csv"])
        #expect(none.problems.contains("expected parts of shards, found none"))
    }
}
