import Documents
import EMGArchive
import Experiments
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Studies of the command")
struct StudyCommandTests {
    @Test("what is tested is on record, and evaluating the checkpoint gives it again")
    func records() throws {
        let folder = try TemporaryFolder()
        try RunFolders.make(in: folder.url, runs: ["one"])
        let run = try RunRecord.read(folder.url.appending(path: "one"))
        let methods: [Method] = [.random, .pretrained, .lda, .meta]
        let predictions = try #require(try run.predictions())
        let setting = try #require(run.setting)
        #expect(predictions.methods == methods)
        #expect(setting.classes == ["relax", "open", "close"])
        #expect(predictions.tasks.map(\.id) == setting.tasks.map(\.id))

        // The metrics follow from the predictions, and the accuracies are those of the table.
        let rows = TaskMetrics.rows(predictions, setting: setting)
        #expect(TaskMetrics.csv(rows) == TaskMetrics.csv(run.metrics))
        for (task, accuracies) in run.results {
            for (method, value) in accuracies {
                let row = try #require(
                    rows.first { $0.scope == .task && $0.name == task && $0.method == method })
                #expect(row.values[.accuracy] == value)
            }
        }
        // The windows are those of the collection's query.
        let file = try CollectionFile.open(folder.url.appending(path: "study.json"))
        for task in predictions.tasks {
            let query = try file.tensors(for: task.id).query
            #expect(task.labels == query.labels)
            #expect(task.starts == query.starts.map(Int.init))
        }

        // All of the support is no study apart; the discriminant takes no steps.
        for task in setting.tasks {
            for method in methods {
                let whole = run.supportSizes.first {
                    $0.point == 1 && $0.task == task.id && $0.method == method
                }
                let row = rows.first {
                    $0.scope == .task && $0.name == task.id && $0.method == method
                }
                #expect(whole?.values == row?.values)
            }
        }
        #expect(Set(run.adaptation.map(\.point)) == [0, 2])
        #expect(!run.adaptation.contains { $0.method == .lda })

        for (steps, expected) in [(nil, rows), ("2", nil)] as [(String?, [TaskMetrics]?)] {
            let place = "evaluated-\(steps ?? "whole")"
            let evaluation = try CommandRun(
                ["evaluate", "one/checkpoints/best.safetensors", "study.json", "--output", place]
                    + (steps.map { ["--steps", $0] } ?? []), in: folder.url)
            #expect(evaluation.status == 0, "\(evaluation.problems)")
            let found = try TaskMetrics.read(
                contentsOf: folder.url.appending(path: "\(place)/task-metrics.csv"))
            if let expected {
                #expect(
                    TaskMetrics.csv(found)
                        == TaskMetrics.csv(expected.filter { $0.method == .meta }))
            } else {
                for row in found where row.scope == .task {
                    let study = run.adaptation.first {
                        $0.method == .meta && $0.point == 2 && $0.task == row.name
                    }
                    #expect(study?.values == row.values)
                }
            }
        }
        let json = try CommandRun(
            [
                "evaluate", "one/checkpoints/best.safetensors", "study.json", "--split", "all",
                "--allow-seen", "--json", "--lda",
            ], in: folder.url)
        #expect(json.status == 0)
        let list = try Document(json: json.output.utf8, name: "json").cursor.object()
            .required("rows").array()
        #expect(try list.count { try $0.object().required("scope").string() == "task" } == 10)

        let again = try CommandRun(
            [
                "evaluate", "one/checkpoints/best.safetensors", "study.json", "--output",
                "evaluated-whole",
            ], in: folder.url)
        #expect(again.status == 1)
        #expect(again.problems.contains("is there already"))
    }

    @Test("a configuration's seeds are runs beside each other")
    func seeds() throws {
        let folder = try TemporaryFolder()
        try RunFolders.make(in: folder.url, runs: [])
        let text = RunFolders.settings + "seeds: [1, 2]\n"
        try Data(text.utf8).write(to: folder.url.appending(path: "t.yaml"))
        let train = ["train", "study.json", "--config", "t.yaml"]
        let alone = try CommandRun(train, in: folder.url)
        #expect(alone.status == 2)
        #expect(alone.problems.contains("--output"))
        let run = try CommandRun(train + ["--output", "runs"], in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let runs = try RunRecord.runs(in: [folder.url.appending(path: "runs")])
        #expect(Set(runs.compactMap { $0.value("seed") }) == ["1", "2"])
        #expect(RunGroup.groups(runs).count == 1)
    }
}
