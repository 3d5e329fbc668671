import Documents
import EMGEpisodes
import Experiments
import Foundation
import MetaLearning
import Statistics
import TaskDraws

/// Scores of a model that puts out values, as text.
struct RegressionText {
    private let rows: [Row]

    private struct Row {
        let scope: String
        let name: String
        let method: String
        let metrics: [String: Double]
        /// R² of each output.
        let determinations: [Double]
        let seen: String?
        let draw: TaskDraw
        let hasDiverged: Bool
    }

    private static let error = "mean_squared_error"
    private static let determination = "r2"

    init(_ columns: [TrainingResult.Column], seen: [SeenTask]) {
        rows = columns.flatMap { column in
            column.scores.compactMap { score in
                score.regression.map { regression in
                    Row(
                        scope: TaskMetrics.Scope.task.rawValue, name: score.id,
                        method: column.method.rawValue,
                        metrics: [
                            Self.error: regression.squaredError,
                            Self.determination: regression.determination,
                        ], determinations: regression.determinations,
                        seen: seen.first { $0.id == score.id }?.extent.title,
                        draw: score.draw, hasDiverged: score.hasDiverged)
                }
            }
        }
    }

    /// A table for people.
    var table: String {
        let marks = rows.contains { $0.seen != nil }
        var table = TextTable(
            ["task", ">mean squared error", ">R²"] + (marks ? ["seen"] : []))
        for row in rows {
            table.add(
                [
                    row.hasDiverged ? "\(row.name) (diverged)" : row.name,
                    CompactNumber.deviation(row.metrics[Self.error] ?? .nan),
                    CompactNumber.share(row.metrics[Self.determination] ?? .nan),
                ] + (marks ? [row.seen ?? ""] : []))
        }
        return table.text
    }

    /// The same for programs.
    var json: String {
        JSONText.of(
            .object([
                "rows": .array(
                    rows.map { row in
                        .object(known: [
                            "scope": .string(row.scope), "name": .string(row.name),
                            "method": .string(row.method),
                            "metrics": .object(sorted: row.metrics.mapValues { .number($0) }),
                            "r2_of_outputs": .numbers(row.determinations),
                            "seen": row.seen.map { .string($0) },
                            "draw": row.draw.isIdentity ? nil : row.draw.document,
                            "diverged": row.hasDiverged ? .boolean(true) : nil,
                        ])
                    })
            ]))
    }
}
