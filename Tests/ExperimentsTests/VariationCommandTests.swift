import Documents
import Foundation
import TestSupport
import Testing

@Suite("Varied tasks, several recordings and few-shot episodes on the command line")
struct VariationCommandTests {
    /// An archive of four people with two recordings each.
    private static func archive(in folder: URL) throws {
        try SmallStudy.run(
            [
                "synth", "--style", "myo", "--patients", "4", "--conditions", "2", "--seed", "7",
                "--output", "lab",
            ], in: folder)
        try SmallStudy.run(["convert", "lab", "--output", "archive"], in: folder)
    }

    private static func build(
        _ settings: String, in folder: URL, name: String = "study"
    ) throws -> Document {
        try Data(
            "window: {length: 40, stride: 20}\nsplits: {test: 1, validation: 1}\n\(settings)\n".utf8
        ).write(to: folder.appending(path: "\(name).yaml"))
        let run = try SmallStudy.run(
            ["build", "archive", "--config", "\(name).yaml", "--output", name, "--json"],
            in: folder)
        return try Document(json: run.output.utf8, name: "build")
    }

    private static func train(_ settings: String, to name: String, in folder: URL) throws {
        try Data((SmallStudy.training + settings).utf8).write(
            to: folder.appending(path: "\(name).yaml"))
        try SmallStudy.run(
            ["train", "study.json", "--config", "\(name).yaml", "--output", name], in: folder)
    }

    /// The draws of rows or tasks, by the value of a member.
    private static func draws(
        _ list: DocumentCursor, by key: String
    ) throws -> [String: String] {
        var draws: [String: String] = [:]
        for cursor in try list.array() {
            let object = try cursor.object()
            draws[try object.required(key).string()] = object.optional("draw")?.value.json(
                .canonical)
        }
        return draws
    }

    @Test("a collection of several recordings, turned, is built, proved and built again")
    func collection() throws {
        let folder = try TemporaryFolder()
        try Self.archive(in: folder.url)
        let built = try Self.build(
            """
            split: {rule: shots, shots: 4, support_from: "*/*/111", query_from: "*/*/131"}
            variation: [{kind: rotation, per: person}, {kind: gain, range: 0.2}]
            """, in: folder.url)
        let collection = try built.cursor.object().required("collections").array()[0].object()
        let tasks = try collection.required("tasks").array()
        #expect(tasks.count == 4)
        for task in tasks {
            let object = try task.object()
            let recordings = try object.required("recordings").array().map { try $0.object() }
            let parts = try recordings.map { try $0.required("part").string() }
            #expect(parts == ["support", "query"])
            #expect(try object.required("draw").object().required("gains").array().count == 8)
        }
        for arguments in [
            ["audit", "study.json"], ["verify", "study.json", "--archive", "archive"],
        ] {
            try SmallStudy.run(arguments, in: folder.url)
        }
        let shown = try SmallStudy.run(["show", "study.json", "--json"], in: folder.url)
        let list = try Document(json: shown.output.utf8, name: "show").cursor.object()
            .required("tasks")
        #expect(
            try Self.draws(list, by: "task")
                == Self.draws(collection.required("tasks"), by: "task"))
    }

    @Test("a recording that is for support and query is refused with the members to change")
    func overlap() throws {
        let folder = try TemporaryFolder()
        try Self.archive(in: folder.url)
        try Data(
            """
            window: {length: 40, stride: 20}
            split: {rule: whole, support_from: "*/*/111", query_from: "*"}
            splits: {test: 1}
            """.utf8
        ).write(to: folder.url.appending(path: "c.yaml"))
        let run = try CommandRun(
            ["build", "archive", "--config", "c.yaml", "--output", "study"], in: folder.url)
        #expect(run.status == 1)
        #expect(run.problems.contains("is in both support and query"), "\(run.problems)")
        #expect(run.problems.contains("split.support_from and split.query_from"))
    }

    @Test("one gesture and one window is support enough for every method, and each draw is told")
    func evaluation() throws {
        let folder = try TemporaryFolder()
        try Self.archive(in: folder.url)
        _ = try Self.build("", in: folder.url)
        try Self.train(
            """
            variation:
              train: [{kind: rotation}, {kind: support_size, windows: [1, 5]}]
              evaluation: [{kind: rotation}, {kind: missing_classes, shown: 1}, {kind: support_size, windows: 1}]
            """, to: "run", in: folder.url)
        let tested = try Document(
            contentsOf: folder.url.appending(path: "run/test-tasks.json")
        ).cursor.object().required("tasks")
        let draws = try Self.draws(tested, by: "id")
        #expect(draws.count == 2)
        for draw in draws.values {
            let object = try Document(json: draw.utf8, name: "draw").cursor.object()
            #expect(try object.required("missing").array().count == 2)
            #expect(try object.required("support").array().count == 3)
        }
        let run = try SmallStudy.run(
            ["evaluate", "run", "study.json", "--lda", "--json"], in: folder.url)
        let rows = try Document(json: run.output.utf8, name: "evaluate").cursor.object()
            .required("rows")
        let found = try Self.draws(rows, by: "name").filter { $0.key.contains("/") }
        #expect(found == draws)
        let table = try SmallStudy.run(["evaluate", "run", "study.json"], in: folder.url)
        #expect(table.output.contains("2 of 2 tasks were varied as the configuration says"))
    }

    @Test("episodes of gestures that nobody trained on are drawn, scored and scored again")
    func fewShot() throws {
        let folder = try TemporaryFolder()
        try Self.archive(in: folder.url)
        _ = try Self.build("", in: folder.url)
        try Self.train(
            "few_shot: {ways: 2, shots: 1, queries: 5, episodes: 3}\n", to: "run", in: folder.url)
        let predictions = try String(
            contentsOf: folder.url.appending(path: "run/predictions.csv"), encoding: .utf8)
        let ids = Set(
            predictions.split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } })
        #expect(ids.count == 6 && ids.allSatisfy { $0.contains(":") })
        #expect(predictions.split(separator: "\n").count == 1 + 6 * 10)
        let run = try SmallStudy.run(
            ["evaluate", "run", "study.json", "--json"], in: folder.url)
        let rows = try Document(json: run.output.utf8, name: "evaluate").cursor.object()
            .required("rows").array().map { try $0.object() }
        let metrics = try String(
            contentsOf: folder.url.appending(path: "run/task-metrics.csv"), encoding: .utf8)
        var count = 0
        for row in rows where try row.required("scope").string() == "task" {
            let name = try row.required("name").string()
            let accuracy = try row.required("metrics").object().required("accuracy").number()
            let line = try #require(
                metrics.split(separator: "\n").first { $0.hasPrefix("task,\(name),meta,") })
            #expect(line.contains(",10,") && line.contains(",\(accuracy),"))
            count += 1
        }
        #expect(count == 6)
        // A learned prior knows each class by its name.
        try Data(
            "few_shot: {ways: 2, shots: 1}\nbaselines: {prior: true}\n".utf8
        ).write(to: folder.url.appending(path: "prior.yaml"))
        let refused = try CommandRun(
            ["train", "study.json", "--config", "prior.yaml", "--output", "other"], in: folder.url)
        #expect(refused.status == 1)
        #expect(refused.problems.contains("leave it out with few_shot"), "\(refused.problems)")
    }

    @Test("report and comparison say which fine-tunings diverged")
    func divergence() throws {
        let folder = try TemporaryFolder()
        try SmallStudy.make(in: folder.url)
        try SmallStudy.run(
            ["train", "study.json", "--config", "t.yaml", "--output", "run"], in: folder.url)
        let url = folder.url.appending(path: "run/test-tasks.json")
        let text = try String(contentsOf: url, encoding: .utf8)
        try text.replacing("\"condition\": ", with: "\"diverged\": [\"meta\"], \"condition\": ")
            .write(to: url, atomically: true, encoding: .utf8)
        try SmallStudy.run(["report", "run", "--output", "report.html"], in: folder.url)
        let page = try String(
            contentsOf: folder.url.appending(path: "report.html"), encoding: .utf8)
        #expect(page.contains("Fine-tuning diverged (a loss was not finite) of meta-trained on "))
        let compared = try SmallStudy.run(["compare", "run", "--json"], in: folder.url)
        let notes = try Document(json: compared.output.utf8, name: "compare").cursor.object()
            .required("divergence_notes").array()
        #expect(notes.count == 1)
        #expect(try notes[0].string().contains("meta-trained on p"))
    }
}
