import Foundation
import TestSupport
import Testing

@Suite("myotask run")
struct PipelineTests {
    private static let experiment = """
        name: study
        convert: {inputs: lab}
        filter: {accept_envelope: true, stages: [{low_pass: {cutoff_hz: 6, order: 2}}]}
        build: c.yaml
        train: t.yaml

        """

    private static func prepare(_ folder: URL, _ text: String = experiment) throws {
        try SmallStudy.make(in: folder, builds: false)
        try Data(text.utf8).write(to: folder.appending(path: "e.yaml"))
    }

    /// The actions of a dry run by step, the runs' folders left out.
    private static func plan(_ arguments: [String] = [], in folder: URL) throws -> [String] {
        let run = try SmallStudy.run(
            ["run", "e.yaml", "--dry-run", "--json"] + arguments, in: folder)
        return run.output.split(separator: "\n").map { line in
            let parts = line.split(separator: "\"").map(String.init)
            // {"event":"plan","step":"…","action":"…","why":"…"}
            guard parts.count > 11 else { return line.description }
            return "\(parts[7].prefix { $0 != " " }): \(parts[11])"
        }
    }

    private static func change(_ text: String, _ replacement: String, in url: URL) throws {
        let old = try String(contentsOf: url, encoding: .utf8)
        #expect(old.contains(text))
        try Data(old.replacing(text, with: replacement).utf8).write(to: url)
    }

    @Test("each step is done when its inputs or settings change, and only then")
    func whatIsDone() throws {
        let folder = try TemporaryFolder()
        try Self.prepare(folder.url)
        #expect(
            try Self.plan(in: folder.url)
                == ["convert: to do", "filter: to do", "build: to do", "train: depends"])
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.url.appending(path: "experiments").path()))
        try SmallStudy.run(["run", "e.yaml"], in: folder.url)
        let work = folder.url.appending(path: "experiments/study")
        let first = try SmallStudy.files(of: work)
        let done = ["convert: up to date", "filter: up to date", "build: up to date"]
        #expect(try Self.plan(in: folder.url) == done + ["train: up to date"])

        // Nothing to do: nothing is touched.
        let again = try SmallStudy.run(["run", "e.yaml"], in: folder.url)
        #expect(again.problems.contains("convert: up to date"))
        #expect(again.problems.contains("is finished already"))
        #expect(try SmallStudy.files(of: work) == first)

        // The training only.
        try Self.change(
            "meta_epochs: 3", "meta_epochs: 2", in: folder.url.appending(path: "t.yaml"))
        #expect(try Self.plan(in: folder.url) == done + ["train: to do"])
        let retrained = try SmallStudy.run(["run", "e.yaml"], in: folder.url)
        #expect(retrained.problems.contains("build: up to date"))
        let second = try SmallStudy.files(of: work)
        for (path, bytes) in first where !path.hasPrefix("runs/sweep") {
            #expect(second[path] == bytes, "\(path) was made over")
        }
        #expect(second.count > first.count)

        // A setting of the collection, said with its old and its new value.
        let dry = try SmallStudy.run(
            ["run", "e.yaml", "build.window.stride=10", "--dry-run"], in: folder.url)
        #expect(dry.output.contains("build.window.stride 20 -> 10"), "\(dry.output)")
        #expect(
            try Self.plan(["build.window.stride=10"], in: folder.url)
                == Array(done.prefix(2)) + ["build: to do", "train: depends"])

        // A recording more, and one less.
        let lab = folder.url.appending(path: "lab")
        let session = try #require(
            try FileManager.default.contentsOfDirectory(atPath: lab.path()).sorted().last)
        let aside = folder.url.appending(path: "aside")
        try FileManager.default.moveItem(at: lab.appending(path: session), to: aside)
        #expect(
            try Self.plan(in: folder.url)
                == ["convert: to do", "filter: depends", "build: depends", "train: depends"])
        try SmallStudy.run(["run", "e.yaml"], in: folder.url)
        let fewer = try SmallStudy.files(of: work).keys.filter { $0.hasPrefix("archive/") }
        #expect(fewer.count == first.keys.count { $0.hasPrefix("archive/") } - 1)
        try FileManager.default.moveItem(at: aside, to: lab.appending(path: session))
        try SmallStudy.run(["run", "e.yaml"], in: folder.url)
        let back = try SmallStudy.files(of: work)
        for (path, bytes) in second where path.hasPrefix("c") || path.hasPrefix("archive/") {
            #expect(back[path] == bytes, "\(path)")
        }

        // A result that somebody changed.
        let manifest = work.appending(path: "collection/study.json")
        let good = try Data(contentsOf: manifest)
        try (good + Data("\n".utf8)).write(to: manifest)
        #expect(
            try Self.plan(in: folder.url) == Array(done.prefix(2)) + [
                "build: to do", "train: depends",
            ])
        try SmallStudy.run(["run", "e.yaml"], in: folder.url)
        #expect(try Data(contentsOf: manifest) == good)
    }

    @Test("a run that is killed at any time goes on and ends in the same files")
    func killed() throws {
        let folder = try TemporaryFolder()
        try Self.prepare(folder.url)
        let begin = ContinuousClock.now
        try SmallStudy.run(["run", "e.yaml", "--output", "whole"], in: folder.url)
        let duration = ContinuousClock.now - begin
        let whole = try SmallStudy.files(of: folder.url.appending(path: "whole"))
        for moment in 1...8 {
            let place = folder.url.appending(path: "killed")
            try? FileManager.default.removeItem(at: place)
            let command = ["run", "e.yaml", "--output", "killed"]
            _ = try CommandRun(command, in: folder.url, killedAfter: duration * moment / 9)
            try SmallStudy.run(command, in: folder.url)
            let killed = try SmallStudy.files(of: place)
            // What the killed process had in hand stays hidden; digests name their own folder.
            for (path, bytes) in whole where path != "digests.json" {
                #expect(killed[path] == bytes, "\(path) after \(moment)")
            }
            let visible = killed.keys.filter { !$0.hasPrefix(".") && !$0.contains("/.") }
            #expect(visible.sorted() == whole.keys.sorted(), "after \(moment)")
        }
    }

    @Test("settings of the data vary in folders of their own; parts do the runs between them")
    func sweep() throws {
        let folder = try TemporaryFolder()
        try Self.prepare(
            folder.url,
            Self.experiment + "sweep: {build.window.stride: [20, 40], train.seed: [1, 2]}\n")
        for part in ["2/2", "1/2"] {
            try SmallStudy.run(["run", "e.yaml", "--shard", part, "--quiet"], in: folder.url)
        }
        let work = folder.url.appending(path: "experiments/study")
        let names = try FileManager.default.contentsOfDirectory(atPath: work.path()).sorted()
        #expect(names.filter { $0.hasPrefix("collection-") }.count == 2)
        #expect(names.contains("conditioned") && names.contains("archive"))
        let table = try String(
            contentsOf: work.appending(path: "runs/sweep.csv"), encoding: .utf8)
        let rows = table.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        #expect(Array(rows[0][2...4]) == ["build.window.stride", "train.seed", "status"])
        #expect(
            rows.dropFirst().map { Array($0[2...4]) } == [
                ["20", "1", "finished"], ["20", "2", "finished"], ["40", "1", "finished"],
                ["40", "2", "finished"],
            ])
    }

    @Test("a design gives a run for each collection")
    func design() throws {
        let folder = try TemporaryFolder()
        try Self.prepare(
            folder.url,
            """
            convert: {inputs: [lab]}
            build:
              window: {length: 40, stride: 20}
              design: {rule: leave_one_patient_out}
            train: {meta_epochs: 1, model: {hidden: [8]}, baselines: {pretrained: false}}
            """)
        try SmallStudy.run(["run", "e.yaml"], in: folder.url)
        let table = try String(
            contentsOf: folder.url.appending(path: "experiments/e/runs/sweep.csv"),
            encoding: .utf8)
        let rows = table.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        #expect(rows[0][2] == "collection")
        #expect(rows.dropFirst().map { $0[2] } == ["test-p1", "test-p2", "test-p3", "test-p4"])
    }

    @Test("a recording that cannot be used is reported every time, and the rest is done")
    func damagedRecording() throws {
        let folder = try TemporaryFolder()
        try Self.prepare(folder.url)
        try Data(",gt,time_elapsed,current_time,current_task,emg0\n0,0,0,0,0,x\n".utf8).write(
            to: folder.url.appending(path: "lab/2024_03_04_p1/p1_999.csv"))
        for _ in 0..<2 {
            let run = try CommandRun(["run", "e.yaml"], in: folder.url)
            #expect(run.status == 1)
            #expect(run.problems.contains("p1_999.csv"), "\(run.problems)")
            #expect(run.output.contains("1 of 1 run is finished"), "\(run.output)")
        }
    }

    @Test("what is printed with --print-config is an experiment of the same meaning")
    func printed() throws {
        let folder = try TemporaryFolder()
        try Self.prepare(folder.url)
        let printed = try SmallStudy.run(
            ["run", "e.yaml", "train.seed=9", "--print-config"], in: folder.url)
        #expect(printed.output.contains("# override 1: train.seed"), "\(printed.output)")
        #expect(printed.output.contains("# default"))
        try SmallStudy.run(["run", "e.yaml", "train.seed=9"], in: folder.url)
        try Data(printed.output.utf8).write(to: folder.url.appending(path: "e.yaml"))
        let plan = try Self.plan(in: folder.url)
        // More is written out, so data steps say their settings are new; the run is the same.
        #expect(plan.count == 4)
        let run = try SmallStudy.run(["run", "e.yaml"], in: folder.url)
        #expect(run.problems.contains("is finished already"), "\(run.problems)")
    }

    @Test(
        "what is wrong with an experiment is said with its place, and nothing is made",
        arguments: [
            ("convert: {inputs: nowhere}\nbuild: c.yaml\n", [], "e.yaml:1:19: $.convert.inputs"),
            ("convert: {input: lab}\nbuild: c.yaml\n", [], #"did you mean "inputs"?"#),
            ("build: c.yaml\n", [], #"either "convert" or "archive""#),
            ("convert: {inputs: lab}\n", [], #""build" is missing"#),
            ("convert: {inputs: lab}\nbuild: none.yaml\n", [], "none.yaml: cannot be read"),
            ("convert: {inputs: lab}\nbuild: c.yaml\ntrian: {}\n", [], #"did you mean "train"?"#),
            (
                "convert: {inputs: lab}\nbuild: c.yaml\ntrain: {inner: {epoch: 1}}\n", [],
                "e.yaml:3:17: $.train.inner: unknown member"
            ),
            (
                "convert: {inputs: lab}\nbuild: c.yaml\n", ["build.windw.length=3"],
                "override 1: build.windw.length: "
            ),
            (
                "convert: {inputs: lab}\nbuild: c.yaml\n", ["--sweep", "convert.unit=mV,uV"],
                "expected a setting of build, train"
            ),
            (
                "convert: {inputs: lab}\nbuild: c.yaml\nname: ../x\n", [],
                "expected a name that can be a file's"
            ),
        ])
    func refused(text: String, arguments: [String], message: String) throws {
        let folder = try TemporaryFolder()
        try Self.prepare(folder.url, text)
        let run = try CommandRun(["run", "e.yaml"] + arguments, in: folder.url)
        #expect(run.status == 1, "\(run.problems)")
        #expect(run.problems.contains(message), "\(run.problems)")
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.url.appending(path: "experiments").path()))
    }
}
