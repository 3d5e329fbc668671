import Documents
import EMGArchive
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Commands on recordings without labels, and on targets")
struct TargetCommandsTests {
    private static let template = """
        path: "{patient}/{session}/{condition}.csv"
        rate_hz: 100
        delimited:
          channels: ["emg*"]
          targets: [{name: force, columns: [force, slope], unit: N}]

        """
    private static let split = """
        window: {length: 20, stride: 5}
        split: {rule: fraction, fraction: 0.4}
        splits: {validation: [p2], test: [p3]}

        """

    /// Four people's tables, in which the force is given by the first two channels.
    private func laboratory(in folder: URL) throws {
        for patient in 1...4 {
            var generator = SeededGenerator(seed: UInt64(patient))
            var text = "emg1,emg2,emg3,force,slope\n"
            for row in 0..<900 {
                let values = (0..<3).map { _ in generator.integer(below: 200) - 100 }
                let force = row == 500 ? "" : "\(Double(values[0] + values[1]) / 64)"
                text +=
                    "\(values[0]),\(values[1]),\(values[2]),\(force),\(Double(values[0]) / 64)\n"
            }
            let url = folder.appending(path: "raw/p\(patient)/day1/grasp.csv")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        try Data(Self.template.utf8).write(to: folder.appending(path: "lab.yaml"))
        try succeed(
            ["convert", "raw", "--template", "lab.yaml", "--output", "archive"], in: folder)
    }

    @discardableResult
    private func succeed(_ arguments: [String], in folder: URL) throws -> CommandRun {
        let run = try CommandRun(arguments, in: folder)
        try #require(run.status == 0, "\(arguments): \(run.problems)")
        return run
    }

    @Test("recordings without labels are built, shown, audited, verified, windowed, not trained on")
    func unlabeled() throws {
        let folder = try TemporaryFolder()
        try laboratory(in: folder.url)
        try Data(Self.split.utf8).write(to: folder.url.appending(path: "c.yaml"))
        try succeed(
            ["build", "archive", "--config", "c.yaml", "--output", "study"], in: folder.url)
        let manifest = try CollectionManifest(contentsOf: folder.url.appending(path: "study.json"))
        #expect(manifest.classes.isEmpty && manifest.targets == nil)
        #expect(
            try succeed(["show", "study.json"], in: folder.url).output.contains("no classes"))
        let id = manifest.tasks[0].id
        let shown = try succeed(
            ["show", "study.json", id, "--plot", "task.svg"], in: folder.url)
        #expect(shown.output.contains("support"))
        let svg = try String(contentsOf: folder.url.appending(path: "task.svg"), encoding: .utf8)
        #expect(svg.contains("support") && !svg.contains(">class<"))
        let audit = try succeed(["audit", "study.json"], in: folder.url)
        #expect(!audit.output.contains("VIOLATED"))
        #expect(audit.output.contains(" \(manifest.tasks[0].query.windows) "))
        try succeed(["audit", "study.json", "--json"], in: folder.url)
        try succeed(["verify", "study.json", "--archive", "archive"], in: folder.url)
        for type in ["csv", "npy", "h5"] {
            try succeed(
                [
                    "window", "archive", "--output", "w.\(type)", "--length", "20", "--stride",
                    "10",
                ], in: folder.url)
        }
        let train = try CommandRun(["train", "study.json", "--output", "run"], in: folder.url)
        #expect(train.status == 1)
        #expect(train.problems.contains("classes or targets to learn"))
        #expect(try contents(of: folder.url.appending(path: "run")).isEmpty)
    }

    @Test("targets go from a table's columns into collection, model and test table")
    func targets() throws {
        let folder = try TemporaryFolder()
        try laboratory(in: folder.url)
        try Data((Self.split + "targets: {columns: [force], rule: mean}\n").utf8)
            .write(to: folder.url.appending(path: "c.yaml"))
        let built = try succeed(
            ["build", "archive", "--config", "c.yaml", "--output", "study"], in: folder.url)
        #expect(built.problems.contains("4 windows are left out"))
        let show = try succeed(["show", "study.json"], in: folder.url)
        #expect(show.output.contains("no classes, 2 targets (mean of a window)"))
        let one = try succeed(["show", "study.json", "p1/day1/grasp"], in: folder.url)
        #expect(one.output.contains("force/slope") && one.output.contains("N"))
        try succeed(["audit", "study.json"], in: folder.url)
        try succeed(["verify", "study.json", "--archive", "archive"], in: folder.url)
        try Data(
            """
            model: {name: mlp}
            inner: {learning_rate: 1.0e-2, epochs: 4, batch_size: 16}
            outer: {learning_rate: 1.0e-2}
            meta_epochs: 12
            baselines: {pretrained: {epochs: 1}}

            """.utf8
        ).write(to: folder.url.appending(path: "t.yaml"))
        let train = try succeed(
            ["train", "study.json", "--config", "t.yaml", "--output", "run"], in: folder.url)
        #expect(train.output.contains("R²"))
        let text = try String(
            contentsOf: folder.url.appending(path: "run/regression.csv"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(lines[0] == ["task", "method", "mse", "r2", "r2_0", "r2_1"])
        let meta = try #require(lines.first { $0[1] == "meta" })
        #expect(meta[0] == "p3/day1/grasp")
        #expect(try #require(Double(meta[3])) > 0.3)

        let evaluate = ["evaluate", "run/checkpoints/best.safetensors", "study.json"]
        let table = try succeed(
            evaluate + ["--allow-seen", "--split", "all", "--steps", "0"], in: folder.url)
        // Without fine-tuning a model of another person is worse than the mean somewhere.
        #expect(table.output.contains("R²") && !table.output.contains(" -"))
        let json = try succeed(evaluate + ["--json"], in: folder.url)
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        let rows = try #require((object as? [String: [[String: Any]]])?["rows"])
        let row = try #require(rows.first)
        #expect(rows.count == 1 && row["name"] as? String == "p3/day1/grasp")
        let metrics = try #require(row["metrics"] as? [String: Double])
        #expect(abs(try #require(metrics["r2"]) - #require(Double(meta[3]))) < 1e-6)
        #expect(
            abs(try #require(metrics["mean_squared_error"]) - #require(Double(meta[2]))) < 1e-6)
        #expect((row["r2_of_outputs"] as? [Double])?.count == 2)
    }

    @Test(
        "the manifest with targets or without classes fits the schema",
        .enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func schema() throws {
        let folder = try TemporaryFolder()
        try laboratory(in: folder.url)
        for (name, more) in [
            ("a", ""), ("b", "targets: {columns: [\"force/*\"]}\n"),
            ("c", "channels: {grid: [1, 3]}\n"),
        ] {
            try Data((Self.split + more).utf8).write(to: folder.url.appending(path: "\(name).yaml"))
            try succeed(
                ["build", "archive", "--config", "\(name).yaml", "--output", name],
                in: folder.url)
        }
        let schemas = SharedMaterial.packageFolder.appending(path: "schemas")
        let result = try Python.run(
            """
            import json, jsonschema, sys
            schema = json.load(open(sys.argv[1] + "/task-collection.schema.json"))
            for name in "abc":
                manifest = json.load(open(sys.argv[2] + f"/{name}.json"))
                jsonschema.Draft202012Validator(schema).validate(manifest)
                assert ("targets" in manifest) == (name == "b")
                assert ("grid" in manifest) == (name == "c")
            """,
            arguments: [schemas.path(), folder.url.path()])
        #expect(result.status == 0, "\(result.output)")
    }
}
