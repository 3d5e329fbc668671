import Documents
import Foundation
import TestSupport
import Testing

/// Archives that shards wrote apart, and the archive that they become.
@Suite("myotask archive")
struct ArchiveMergeTests {
    private func status(_ lab: ShardedLaboratory, _ name: String) throws -> DocumentObject {
        let run = try lab.run(["archive", "status", name, "--json"])
        return try Document(json: run.output.utf8, name: "status").cursor.object()
    }

    @Test("archives on disks of their own become the archive of one process")
    func apart() throws {
        let folder = try TemporaryFolder()
        let lab = try ShardedLaboratory(in: folder.url)
        // As nodes do that copy the files to their own disk first: other paths, one list.
        for number in 1...3 {
            let node = folder.url.appending(path: "node\(number)")
            try FileManager.default.createDirectory(at: node, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: folder.url.appending(path: "lab"), to: node.appending(path: "lab"))
            _ = try CommandRun(
                ["convert", "lab", "--output", "archive", "--shard", "\(number)/3"], in: node)
        }
        // A shard that was done again on another node.
        _ = try CommandRun(
            ["convert", "lab", "--output", "archive", "--shard", "2/3"],
            in: folder.url.appending(path: "node3"))
        try lab.run(["convert", "lab", "--output", "whole", "--shard", "1/1"])
        try lab.run(["archive", "merge", "whole"])
        let places = (1...3).map { "node\($0)/archive" }
        let early = try lab.run(["archive", "merge", places[0], places[1], "--output", "early"])
        #expect(early.status == 1)
        #expect(early.output.contains("missing 3"), "\(early.output)")
        let merged = try lab.run(["archive", "merge"] + places + ["--output", "merged"])
        #expect(merged.status == 1, "the hostile file and the twins stay refused")
        #expect(merged.output.contains("3 of 3 shards done"), "\(merged.output)")
        #expect(try lab.expectEqual("whole", "merged") == [])
        // Again, and into one of them: nothing is left to do.
        for (arguments, name) in [
            (places + ["--output", "merged"], "merged"),
            (places + ["--output", places[0]], places[0]),
        ] {
            try lab.run(["archive", "merge"] + arguments)
            #expect(try lab.expectEqual("whole", name) == [])
        }
    }

    @Test("recordings of one name with other bytes are refused, with the same bytes they are one")
    func collisions() throws {
        let folder = try TemporaryFolder()
        let one = FilterArchive(in: folder.url, name: "one")
        let other = FilterArchive(in: folder.url, name: "other")
        for archive in [one, other] { try archive.add("p1/s1/same", seconds: 1) }
        try one.add("p2/s1/a", seconds: 1)
        try other.add("p2/s1/a", seconds: 1) { _, _ in 3 }
        try other.add("p3/s1/b", seconds: 1)
        let run = try CommandRun(
            ["archive", "merge", "one", "other", "--output", "all", "--json"], in: folder.url)
        #expect(run.status == 1)
        // No record of a shard is there: what was put together stays.
        #expect(run.problems.contains("no record of one"), "\(run.problems)")
        let files = try contents(of: folder.url.appending(path: "all")).keys.sorted()
        #expect(files == ["p1/s1/same.h5", "p3/s1/b.h5"])
    }

    @Test("what is gone is missing, and what one process does later is done")
    func gone() throws {
        let folder = try TemporaryFolder()
        let lab = try ShardedLaboratory(in: folder.url)
        for shard in ["1/2", "2/2"] {
            try lab.run(["convert", "lab", "--output", "archive", "--shard", shard])
        }
        try FileManager.default.removeItem(
            at: folder.url.appending(path: "archive/p1/2024_03_04_p1/111.h5"))
        let step = try #require(try status(lab, "archive").required("steps").array().first)
        #expect(try step.object().required("missing").array().count == 1)
        // Without --shard in an archive that shards wrote, the run is recorded too.
        try lab.run(["convert", "lab", "--output", "archive"])
        let later = try status(lab, "archive")
        let steps = try later.required("steps").array().map { try $0.object() }
        #expect(steps.count == 1)
        #expect(try steps[0].required("missing").array().isEmpty)
        #expect(try steps[0].required("done").integer() == 4)
        #expect(try steps[0].required("divisions").array().count == 2)
    }

    @Test("a file that came between two shards is told of, and the later list counts")
    func changedList() throws {
        let folder = try TemporaryFolder()
        let lab = try ShardedLaboratory(in: folder.url)
        try lab.run(["convert", "lab", "--output", "archive", "--shard", "1/2"])
        try FileManager.default.copyItem(
            at: folder.url.appending(path: "lab/2024_03_04_p1"),
            to: folder.url.appending(path: "lab/2024_03_04_p77"))
        for shard in ["1/2", "2/2"] {
            try lab.run(["convert", "lab", "--output", "archive", "--shard", shard])
        }
        let status = try lab.run(["archive", "status", "archive"])
        #expect(status.problems.contains("1 record of an earlier list"), "\(status.problems)")
        #expect(status.output.contains("2 of 2 shards done"), "\(status.output)")
    }

    @Test(
        "a damaged record is named with its line",
        arguments: [
            "{", "{\"format\": \"other\"}",
            "{\"format\": \"myotask.shard\", \"format_version\": 9}",
        ])
    func damaged(text: String) throws {
        let folder = try TemporaryFolder()
        let lab = try ShardedLaboratory(in: folder.url)
        try lab.run(["convert", "lab", "--output", "archive", "--shard", "1/2"])
        let records = folder.url.appending(path: "archive/.shards")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: records.path()).first)
        try Data(text.utf8).write(to: records.appending(path: "\(name)/1-of-2.json"))
        let run = try lab.run(["archive", "status", "archive"])
        #expect(run.status == 1)
        #expect(run.problems.contains("1-of-2.json:1:"), "\(run.problems)")
    }

    @Test(
        "what cannot be put together is said",
        arguments: [
            (["merge", "a", "b"], "several archives need --output", Int32(2)),
            (["merge", "w.h5", "a"], "name one table", 2),
            (["merge", "w.h5", "--output", "x"], "--output goes without a table", 2),
            (["merge", "a", "--remove-parts"], "--remove-parts needs a table", 2),
            (["status", "missing"], "missing", 1), (["merge", "missing"], "missing", 1),
            (["status", "missing/w.h5"], "missing", 1),
        ])
    func refused(arguments: [String], message: String, status: Int32) throws {
        let folder = try TemporaryFolder()
        let run = try CommandRun(["archive"] + arguments, in: folder.url)
        #expect(run.status == status, "\(run.problems)")
        #expect(run.problems.contains(message), "\(run.problems)")
    }
}
