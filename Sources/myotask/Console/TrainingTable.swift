import Foundation
import MetaLearning

/// The test table of a run as text.
struct TrainingTable {
    let text: String

    init(_ result: TrainingResult, testTasks: [String]) {
        var table = TextTable(
            ["test task"] + result.columns.map { ">\($0.method.rawValue)" })
        for (row, id) in testTasks.enumerated() where !result.columns.isEmpty {
            table.add([id] + result.columns.map { Self.text($0.scores[row].accuracy) })
        }
        table.add(["mean"] + result.columns.map { Self.text($0.meanAccuracy) })
        table.add(
            ["gradients before fine-tuning"] + result.columns.map { "\($0.trainingGradients)" })
        text =
            result.columns.isEmpty
            ? "There are no test tasks to compare on."
            : "Query \(result.isRegression ? "R²" : "accuracy") after fine-tuning on the support:\n\(table.text)"
    }

    private static func text(_ value: Double) -> String { String(format: "%.3f", value) }
}
