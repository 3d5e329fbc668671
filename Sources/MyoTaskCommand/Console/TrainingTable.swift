import Experiments
import MetaLearning
import Statistics

/// The test table of a run as text.
struct TrainingTable {
    let text: String

    init(_ result: TrainingResult, testTasks: [String]) {
        var table = TextTable(
            ["test task"] + result.columns.map { ">\($0.method.title)" })
        for (row, id) in testTasks.enumerated() where !result.columns.isEmpty {
            table.add([id] + result.columns.map { CompactNumber.share($0.scores[row].accuracy) })
        }
        table.add(["mean"] + result.columns.map { CompactNumber.share($0.meanAccuracy) })
        table.add(
            ["gradients before fine-tuning"] + result.columns.map { "\($0.trainingGradients)" })
        text =
            result.columns.isEmpty
            ? "There are no test tasks to compare on."
            : "Query \(result.isRegression ? "R²" : "accuracy") after fine-tuning on the support:\n\(table.text)"
    }
}
