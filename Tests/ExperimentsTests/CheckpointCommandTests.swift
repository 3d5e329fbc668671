import Documents
import Experiments
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Checkpoints and collections")
struct CheckpointCommandTests {
    /// A collection, a run on it, and what another configuration makes of the same archive.
    private static func study(in folder: URL, others: [String: String] = [:]) throws {
        try SmallStudy.make(in: folder)
        for (name, settings) in others {
            try Data(settings.utf8).write(to: folder.appending(path: "\(name).yaml"))
            try SmallStudy.run(
                ["build", "archive", "--config", "\(name).yaml", "--output", name], in: folder)
        }
        try SmallStudy.run(
            ["train", "study.json", "--config", "t.yaml", "--output", "run"], in: folder)
    }

    private static var reversed: String {
        let names = (0..<8).reversed().map { "emg\($0)" }.joined(separator: ", ")
        return SmallStudy.collection + "channels: {select: [\(names)]}\n"
    }

    @Test("another order of channels is refused with the setting that restores it")
    func channels() throws {
        let folder = try TemporaryFolder()
        try Self.study(in: folder.url, others: ["reversed": Self.reversed])
        let own = try SmallStudy.run(["evaluate", "run", "study.json"], in: folder.url)
        let file = try SmallStudy.run(
            ["evaluate", "run/checkpoints/best.safetensors", "study.json"], in: folder.url)
        #expect(own.output == file.output && own.problems.isEmpty)
        let other = try CommandRun(["evaluate", "run", "reversed.json"], in: folder.url)
        #expect(other.status == 1 && other.output.isEmpty)
        #expect(
            other.problems.contains(
                "made for channels emg0, emg1, emg2, emg3, emg4, emg5, emg6, emg7, the collection "
                    + "has them in another order: emg7, emg6"), "\(other.problems)")
        #expect(other.problems.contains("channels: {select: [emg0, emg1"))
        // Nor does the run go on with it; that says what differs.
        let resumed = try CommandRun(
            ["train", "reversed.json", "--resume", "run"], in: folder.url)
        #expect(resumed.status == 1)
        #expect(resumed.problems.contains("has them in another order: emg7"), "\(resumed.problems)")
        // A folder without a model says what it lacks.
        let none = try CommandRun(["evaluate", "archive", "study.json"], in: folder.url)
        #expect(none.status == 1)
        #expect(none.problems.contains("without checkpoints/best.safetensors"), "\(none.problems)")
    }

    @Test("people and recordings that were seen are refused; when allowed every table says it")
    func seen() throws {
        let folder = try TemporaryFolder()
        // Two of the people that are trained on, in a collection of their own.
        let turned = """
            window: {length: 40, stride: 10}
            include: {patients: [p3, p4]}
            splits: {train: [p3], test: [p4]}

            """
        try Self.study(in: folder.url, others: ["turned": turned])
        let elsewhere = try CommandRun(["evaluate", "run", "turned.json"], in: folder.url)
        #expect(elsewhere.status == 1 && elsewhere.output.isEmpty)
        #expect(
            elsewhere.problems.contains("the model was trained on p4/"), "\(elsewhere.problems)")
        let refused = try CommandRun(
            ["evaluate", "run", "study.json", "--split", "all"], in: folder.url)
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(
            refused.problems.contains("the model was trained on ")
                && refused.problems.contains("; the model was selected by ")
                && refused.problems.contains("--allow-seen"), "\(refused.problems)")
        let allowed = try SmallStudy.run(
            [
                "evaluate", "run", "study.json", "--split", "all", "--allow-seen", "--lda",
                "--output", "evaluated",
            ], in: folder.url)
        #expect(allowed.output.contains("trained on recording"))
        #expect(allowed.output.contains("selected by recording"))
        #expect(allowed.output.contains("3 of 4 tasks were seen before by the model"))
        let table = try String(
            contentsOf: folder.url.appending(path: "evaluated/task-metrics.csv"), encoding: .utf8)
        let rows = table.split(separator: "\n")
        #expect(rows[0].hasSuffix(",seen"))
        #expect(rows.count { $0.hasPrefix("task,") && $0.hasSuffix(",training_recording") } == 2)
        #expect(rows.count { $0.hasPrefix("task,") && $0.hasSuffix(",validation_recording") } == 1)
        // What is fitted to the support alone has seen nobody.
        #expect(rows.allSatisfy { !$0.contains(",lda,") || $0.hasSuffix(",") })
        #expect(
            rows.contains { $0.hasPrefix("all,all,meta,") && $0.hasSuffix("training_recording") })
        let json = try SmallStudy.run(
            ["evaluate", "run", "study.json", "--split", "train", "--allow-seen", "--json"],
            in: folder.url)
        let list = try Document(json: json.output.utf8, name: "json").cursor.object()
            .required("rows").array()
        for row in list {
            #expect(try row.object().required("seen").string() == "training_recording")
        }
        let plain = try SmallStudy.run(["evaluate", "run", "study.json", "--json"], in: folder.url)
        #expect(!plain.output.contains("seen"))
    }

    @Test("a state_dict without a word of its own gives what its checkpoint gave, and a warning")
    func stateDict() throws {
        let folder = try TemporaryFolder()
        try Self.study(in: folder.url)
        var tensors = try Safetensors(
            contentsOf: folder.url.appending(path: "run/checkpoints/best.safetensors"))
        tensors.metadata = ["format": "pt"]
        try tensors.write(to: folder.url.appending(path: "weights.safetensors"))
        let own = try SmallStudy.run(["evaluate", "run", "study.json"], in: folder.url)
        let other = try SmallStudy.run(
            ["evaluate", "weights.safetensors", "study.json", "--config", "t.yaml"],
            in: folder.url)
        #expect(own.output == other.output)
        #expect(other.problems.contains("could not be checked"), "\(other.problems)")
        #expect(other.problems.contains("outputs are taken as relax, open, close"))
    }

    @Test("runs of unlike inputs are compared, and what differs is said")
    func comparison() throws {
        let folder = try TemporaryFolder()
        try Self.study(
            in: folder.url,
            others: [
                "longer": SmallStudy.collection.replacing("length: 40", with: "length: 60")
            ])
        try SmallStudy.run(
            ["train", "longer.json", "--config", "t.yaml", "--output", "long"], in: folder.url)
        let sentence = "windows of 60 samples (300 ms) in place of windows of 40 samples (200 ms)"
        let both = try SmallStudy.run(["compare", "run", "long"], in: folder.url)
        #expect(both.output.contains(sentence), "\(both.output)")
        let json = try SmallStudy.run(["compare", "run", "long", "--json"], in: folder.url)
        #expect(json.output.contains(sentence))
        try SmallStudy.run(
            ["compare", "run", "long", "--output", "c.md"], in: folder.url)
        #expect(
            try String(contentsOf: folder.url.appending(path: "c.md"), encoding: .utf8)
                .contains(sentence))
        try SmallStudy.run(["report", "run", "long", "--output", "r.html"], in: folder.url)
        #expect(
            try String(contentsOf: folder.url.appending(path: "r.html"), encoding: .utf8)
                .contains(sentence))
        let alone = try SmallStudy.run(["compare", "run"], in: folder.url)
        #expect(!alone.output.contains("input"))
        // A run of an older version says nothing of its input.
        try FileManager.default.removeItem(at: folder.url.appending(path: "long/input.json"))
        let older = try SmallStudy.run(["compare", "run", "long"], in: folder.url)
        #expect(older.output.contains("1 of 2 configurations say nothing of their input"))
    }

    @Test(
        "the Python of the page about checkpoints runs as it stands and tells the same classes",
        .enabled(if: Python.has(module: "h5py"), "needs Python with h5py and NumPy"))
    func python() throws {
        let folder = try TemporaryFolder()
        try Self.study(in: folder.url)
        try SmallStudy.run(
            ["evaluate", "run", "study.json", "--steps", "0", "--output", "evaluated"],
            in: folder.url)
        let page = try String(
            contentsOf: SharedMaterial.packageFolder.appending(
                path: "docs/meta-learning/checkpoints.md"), encoding: .utf8)
        let program = page.components(separatedBy: "```python\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }.joined()
        let result = try Python.run(
            "import os, sys\nos.chdir(sys.argv[1])\n" + program, arguments: [folder.url.path()])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("windows predicted alike"), "\(result.output)")
    }
}
