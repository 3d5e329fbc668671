import Experiments
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Names of configurations in a comparison")
struct ComparisonNameTests {
    private static let tasks = [
        (id: "p5/s1/a", accuracies: [0.7]), (id: "p6/s1/a", accuracies: [0.8]),
    ]

    private func names(_ runs: [WrittenRun], in folder: URL) throws -> [String] {
        for run in runs { try run.write(in: folder) }
        return RunGroup.groups(
            try RunRecord.runs(in: runs.map { folder.appending(path: $0.name) })
        ).map(\.name)
    }

    /// Runs that differ in one thing, and what the names must say.
    private static func kinds() -> [(runs: [WrittenRun], parts: [[String]])] {
        func run(_ name: String) -> WrittenRun { WrittenRun(name: name, tasks: tasks) }
        func hidden(_ name: String, _ size: Int, _ collection: String) -> WrittenRun {
            var run = run(name)
            run.settings = "\"model\": {\"hidden\": [\(size)]}"
            (run.collection, run.tensors) = (collection, "data of \(collection)")
            return run
        }
        func input(_ name: String, _ member: String) -> WrittenRun {
            var run = run(name)
            (run.input, run.tensors) = ("{\(member)}", "data of \(name)")
            return run
        }
        var other = run("b")
        other.tensors = "other"
        var many = [run("a"), run("b")]
        for place in many.indices {
            many[place].settings = (1...6).map { "\"s\($0)\": \(place)" }.joined(separator: ", ")
        }
        return [
            (
                [
                    hidden("a", 16, "sessions-1-1"), hidden("b", 64, "sessions-1-1"),
                    hidden("c", 16, "sessions-4-1"), hidden("d", 64, "sessions-4-1"),
                ],
                [
                    ["model.hidden=16", "collection=sessions-1-1"],
                    ["model.hidden=64", "collection=sessions-1-1"],
                    ["model.hidden=16", "collection=sessions-4-1"],
                    ["model.hidden=64", "collection=sessions-4-1"],
                ]
            ),
            (
                [
                    input("a", "\"normalization\": {\"method\": \"standard\"}"),
                    input("b", "\"normalization\": {\"method\": \"none\"}"),
                ], [["normalization.method=standard"], ["normalization.method=none"]]
            ),
            (
                [
                    input("a", "\"window\": {\"length\": 40}, \"window_seconds\": 0.4"),
                    input("b", "\"window\": {\"length\": 80}, \"window_seconds\": 0.8"),
                ], [["window.length=40"], ["window.length=80"]]
            ),
            ([run("a"), other], [["collection_sha256=t"], ["collection_sha256=other"]]),
            (many, [["a"], ["b"]]),
            // The same settings and seed twice, as of a run that was copied or done again.
            ([run("one"), run("two")], [["one"], ["two"]]),
            ([run("x/run"), run("y/run")], [["x/run"], ["y/run"]]),
        ]
    }

    @Test("every name says whatever differs, and no two are the same", arguments: 0..<7)
    func kind(_ place: Int) throws {
        let folder = try TemporaryFolder()
        let (runs, parts) = Self.kinds()[place]
        let names = try names(runs, in: folder.url)
        #expect(Set(names).count == runs.count, "\(names)")
        try #require(names.count == parts.count)
        for (name, parts) in zip(names, parts) {
            for part in parts { #expect(name.contains(part), "\(name)") }
        }
    }

    @Test("what varied in building is named as in the sweep, and once")
    func variants() throws {
        let folder = try TemporaryFolder()
        var points: [(folder: String, values: [String])] = []
        for fraction in ["0.25", "0.5"] {
            for seed in 1...2 {
                let run = WrittenRun(
                    name: "r-\(fraction)-\(seed)", seed: seed, tensors: "data at \(fraction)",
                    tasks: Self.tasks)
                try run.write(in: folder.url)
                points.append((run.name, [fraction, "\(seed)"]))
            }
        }
        try WrittenRun.writeSweep(
            ["build.split.support_fraction", "train.seed"], points, in: folder.url)
        let groups = RunGroup.groups(try RunRecord.runs(in: [folder.url]))
        #expect(
            Set(groups.map(\.name))
                == ["build.split.support_fraction=0.25", "build.split.support_fraction=0.5"])
        #expect(groups.map(\.runs.count) == [2, 2])
    }

    @Test("many differences stand in a table of their own, which the command shows")
    func table() throws {
        let folder = try TemporaryFolder()
        _ = try names(Self.kinds()[4].runs, in: folder.url)
        let run = try CommandRun(["compare", "a", "b"], in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        for part in ["what differs", "s1", "s6", "meta-trained · a", "meta-trained: b − a"] {
            #expect(run.output.contains(part), "\(part)")
        }
    }

    @Test("no picture of one run stands for all of a report")
    func pictures() throws {
        let folder = try TemporaryFolder()
        for run in Self.kinds()[0].runs {
            let url = try run.write(in: folder.url)
            try Data(
                """
                {"format": "myotask.test-tasks", "format_version": 1, "collection": "c",
                 "classes": ["rest", "fist"], "sampling_rate_hz": 100.0,
                 "window": {"length": 40, "stride": 40},
                 "tasks": [{"id": "p5/s1/a", "patient": "p5", "condition": "a"}]}
                """.utf8
            ).write(to: url.appending(path: "test-tasks.json"))
            try Data("task,start,label,meta\np5/s1/a,0,0,0\np5/s1/a,40,1,1\n".utf8)
                .write(to: url.appending(path: "predictions.csv"))
            try Data("cell,loss,change,count\np1,0.5,0.1,3\n".utf8)
                .write(to: url.appending(path: "queue.csv"))
        }
        let report = try Report.read([folder.url])
        let page = report.html
        for (place, group) in report.comparison.groups.enumerated() {
            // Legends cut long names: what is left begins with a number.
            #expect(page.contains("\(place + 1): \(group.name)"), "\(group.name)")
            for name in ["confusion", "trace", "queue"] {
                let id = name == "trace" ? "trace-\(place + 1)-1" : "\(name)-\(place + 1)"
                #expect(page.contains("<figure id=\"\(id)\">"), "\(id)")
            }
            #expect(page.contains("<summary>\(group.name)</summary>"), "\(group.name)")
            #expect(page.contains("<span>\(group.name)</span>"), "a tile of \(group.name)")
        }
        for name in ["a", "b", "c", "d"] { #expect(page.contains("Task queue of \(name)")) }
    }
}
