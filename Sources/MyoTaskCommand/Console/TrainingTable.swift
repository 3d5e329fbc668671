import Experiments
import Foundation
import MetaLearning
import Statistics

/// The test table of a run as text.
struct TrainingTable {
    let text: String

    init(_ result: TrainingResult) {
        var table = TextTable(
            ["test task"] + result.columns.map { ">\($0.method.title)" })
        let ids = (result.columns.first?.scores ?? []).map(\.id)
        for (row, id) in ids.enumerated()
        where !result.isOfEpisodes || ids.count <= TrainingResult.mostEpisodeRows {
            table.add(
                [id]
                    + result.columns.map { column in
                        let score = column.scores[row]
                        return CompactNumber.share(score.accuracy)
                            + (score.hasDiverged ? " (diverged)" : "")
                    })
        }
        if result.isOfEpisodes {
            table.add(
                ["mean of \(ids.count), 95 %"]
                    + result.columns.map { column in
                        String(format: "%.4f", column.meanAccuracy)
                            + (column.halfWidth.map { String(format: " ± %.4f", $0) } ?? "")
                    })
        } else {
            table.add(["mean"] + result.columns.map { CompactNumber.share($0.meanAccuracy) })
        }
        table.add(
            ["gradients before fine-tuning"] + result.columns.map { "\($0.trainingGradients)" })
        text =
            result.columns.isEmpty
            ? "There are no test tasks to compare on."
            : "Query \(result.isRegression ? "R²" : "accuracy") after fine-tuning on the support:\n\(table.text)"
    }
}
