import Foundation
import TestSupport
import Testing

@Suite("Labeled arrays on the command line")
struct ArrayCommandTests {
    private static let settings = [
        "few_shot.ways=3", "few_shot.shots=1", "few_shot.queries=4", "few_shot.tasks=6",
        "few_shot.episodes=8", "few_shot.validation_episodes=3", "model.name=mlp",
        "model.hidden=[16]", "tasks_per_step=3", "baselines.pretrained.epochs=1",
    ]

    private static func run(_ words: [String], in folder: URL, status: Int32 = 0) throws
        -> CommandRun
    {
        let run = try CommandRun(words, in: folder)
        #expect(run.status == status, "\(words): \(run.problems)")
        return run
    }

    private static func strokes(in folder: URL) throws {
        _ = try run(
            [
                "synth", "--style", "strokes", "--groups", "6", "--classes", "4", "--drawers", "6",
                "--output", "glyphs",
            ], in: folder)
        let built = try run(
            [
                "arrays", "glyphs", "--size", "14", "--invert", "--rotations", "train", "--split",
                "group", "--test", "2", "--validation", "1", "--output", "strokes",
            ], in: folder)
        #expect(built.output.contains("24 classes, 144 samples, image of 14 × 14"))
    }

    @Test("the whole way, from drawn characters to a report")
    func wholeWay() throws {
        let folder = try TemporaryFolder()
        try Self.strokes(in: folder.url)
        func run(_ words: [String], status: Int32 = 0) throws -> CommandRun {
            try Self.run(words, in: folder.url, status: status)
        }
        #expect(try run(["audit", "strokes.json"]).output.contains("ok: no class"))
        #expect(
            try run(["verify", "strokes.json", "--archive", "glyphs"]).output.contains("same bytes")
        )
        #expect(try run(["show", "strokes"]).output.contains("script1/glyph1"))
        let trained = try run(
            ["train", "strokes.json"] + Self.settings + ["meta_epochs=2", "-o", "run"])
        #expect(trained.output.contains("mean of 8, 95 %") || trained.output.contains("±"))
        #expect(trained.output.contains("nearest mean"))
        let evaluated = try run(["evaluate", "run", "strokes.json", "--lda"])
        #expect(evaluated.output.contains("±") && evaluated.output.contains("meta-trained"))
        let seen = try run(["evaluate", "run", "strokes.json", "--split", "train"], status: 1)
        #expect(seen.problems.contains("the model was trained on script"))
        _ = try run(["evaluate", "run", "strokes.json", "--split", "train", "--allow-seen"])
        #expect(try run(["compare", "run"]).output.contains("over episodes"))
        _ = try run(["report", "run", "--output", "report.html"])
        let page = try String(
            contentsOf: folder.url.appending(path: "report.html"), encoding: .utf8)
        #expect(page.contains("episodes of 3 ways") && !page.contains("NaN"))
        for name in ["results.md", "test-tasks.json", "predictions.csv", "input.json"] {
            let file = folder.url.appending(path: "run/\(name)")
            #expect(FileManager.default.fileExists(atPath: file.path()), "\(name)")
        }
    }

    @Test("a sweep and a run that was stopped and resumed end as they should")
    func resumed() throws {
        let folder = try TemporaryFolder()
        try Self.strokes(in: folder.url)
        let words = ["train", "strokes.json"] + Self.settings
        _ = try Self.run(words + ["meta_epochs=4", "-o", "whole"], in: folder.url)
        // Killed in the middle, wherever that is; the folder may not even be there.
        _ = try CommandRun(
            words + ["meta_epochs=4", "-o", "stopped"], in: folder.url,
            killedAfter: .milliseconds(1_500))
        if FileManager.default.fileExists(
            atPath: folder.url.appending(path: "stopped/configuration.json").path())
        {
            _ = try Self.run(
                ["train", "strokes.json", "--resume", "stopped"], in: folder.url)
            for name in ["results.csv", "predictions.csv", "checkpoints/best.safetensors"] {
                let files = try ["whole", "stopped"].map {
                    try Data(contentsOf: folder.url.appending(path: "\($0)/\(name)"))
                }
                #expect(files[0] == files[1], "\(name)")
            }
        }
        let sweep = try Self.run(
            words + ["meta_epochs=1", "--sweep", "seed=1,2", "-o", "sweep"], in: folder.url)
        #expect(sweep.output.contains("Mean over episodes"))
        // Other settings of the collection are another collection.
        _ = try Self.run(
            ["arrays", "glyphs", "--size", "14", "--output", "strokes", "--force"],
            in: folder.url)
        let other = try Self.run(
            ["train", "strokes.json", "--resume", "whole"], in: folder.url, status: 1)
        #expect(other.problems.contains("resume a run with the collection it was begun with"))
    }

    @Test("a regression goes the same way")
    func regression() throws {
        let folder = try TemporaryFolder()
        try Data(ArrayFixture.table(tasks: 12).utf8).write(
            to: folder.url.appending(path: "sensors.csv"))
        _ = try Self.run(
            [
                "arrays", "sensors.csv", "--task", "device", "--groups", "site", "--inputs", "x",
                "--targets", "y,z", "--support", "6", "--output", "sensors",
                "target_normalization=standard",
            ], in: folder.url)
        let run = try Self.run(
            [
                "train", "sensors.json", "model.name=mlp", "model.hidden=[8]", "meta_epochs=2",
                "baselines.pretrained.epochs=1", "-o", "run",
            ], in: folder.url)
        #expect(run.output.contains("R²"))
        _ = try Self.run(["evaluate", "run", "sensors.json"], in: folder.url)
        #expect(try Self.run(["compare", "run"], in: folder.url).output.contains("R²"))
        _ = try Self.run(["report", "run", "--output", "report.html"], in: folder.url)
    }

    @Test(
        "what has no meaning for arrays is refused in words",
        arguments: [
            (["train", "strokes.json", "-o", "x"], "few_shot"),
            (["show", "strokes.json", "script1/glyph1"], "classes of arrays are listed whole"),
            (["bundle", "run", "strokes.json"], "strokes.json"),
            (["arrays", "glyphs", "-o", "strokes"], "--force"),
            (["arrays", "nothing.h5", "-o", "x"], "nothing.h5"),
            (["synth", "--style", "strokes", "--patients", "3", "-o", "x"], "--patients"),
            (["synth", "--drawers", "3", "-o", "x"], "--drawers"),
        ])
    func refused(words: [String], text: String) throws {
        let folder = try TemporaryFolder()
        try Self.strokes(in: folder.url)
        let run = try CommandRun(words, in: folder.url)
        #expect(run.status != 0 && run.status != 3, "\(run.problems)")
        #expect((run.problems + run.output).contains(text), "\(run.problems)")
    }
}
