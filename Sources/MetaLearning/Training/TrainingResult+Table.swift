private import CSV
private import Foundation
private import PrintableText

extension TrainingResult {
    /// The test table as CSV: one row a task, one column a method, accuracies from 0 to 1, the
    /// mean in the last row.
    public var csv: String {
        let methods = columns.map(\.method.rawValue)
        var rows = [["task"] + methods]
        rows += taskRows.map { id, accuracies in [id] + accuracies.map { "\($0)" } }
        if !columns.isEmpty { rows.append(["mean"] + columns.map { "\($0.meanAccuracy)" }) }
        return rows.map(CSVText.line).joined()
    }

    /// The test table in Markdown, with what a reader must know about it.
    public var markdown: String {
        var lines = [
            "# \(isRegression ? "R²" : "Accuracy") on test tasks after fine-tuning on their support",
            "",
        ]
        if !columns.isEmpty {
            lines.append(
                "| task | " + columns.map(\.method.title).joined(separator: " | ") + " |")
            lines.append("| --- |" + String(repeating: " ---: |", count: columns.count))
            let few = Self.mostEpisodeRows
            for (row, (id, accuracies)) in taskRows.enumerated()
            where !isOfEpisodes || taskRows.count <= few {
                let name = id.printable().replacingOccurrences(of: "|", with: "\\|")
                let cells = zip(columns, accuracies).map { column, accuracy in
                    Self.text("%.3f", accuracy)
                        + (column.scores[row].hasDiverged ? " (diverged)" : "")
                }
                lines.append("| \(name) | " + cells.joined(separator: " | ") + " |")
            }
            if isOfEpisodes {
                let cells = columns.map { column in
                    Self.text("%.4f", column.meanAccuracy)
                        + (column.halfWidth.map { " ± " + Self.text("%.4f", $0) } ?? "")
                }
                lines.append(
                    "| **mean of \(taskRows.count), 95 %** | " + cells.joined(separator: " | ")
                        + " |")
            } else {
                lines.append("| **mean** | " + Self.cells(columns.map(\.meanAccuracy)) + " |")
            }
            let tuning = columns.map { column in
                let counts = column.scores.map(\.fineTuningGradients)
                return Double(counts.reduce(0, +)) / Double(max(1, counts.count))
            }
            lines += [
                "",
                "| gradients taken | " + columns.map(\.method.title).joined(separator: " | ")
                    + " |",
                "| --- |" + String(repeating: " ---: |", count: columns.count),
                "| before fine-tuning | "
                    + columns.map { "\($0.trainingGradients)" }.joined(separator: " | ") + " |",
                "| Hessian-vector products | "
                    + columns.map { "\($0.hessianProducts)" }.joined(separator: " | ") + " |",
                "| fine-tuning, mean of tasks | "
                    + tuning.map { String(format: "%.0f", $0) }.joined(separator: " | ") + " |",
                "",
            ]
        }
        lines += fineTuningMarkdown
        lines += sequences?.markdown ?? []
        lines.append("Parameters of epoch \(selectedEpoch).")
        lines += notes.map { "\n\($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Of more episodes than this only the mean stands in tables for readers; `results.csv` has all.
    package static let mostEpisodeRows = 40

    private var taskRows: [(id: String, accuracies: [Double])] {
        guard let first = columns.first else { return [] }
        return first.scores.indices.map { row in
            (first.scores[row].id, columns.map { $0.scores[row].accuracy })
        }
    }

    private static func cells(_ accuracies: [Double]) -> String {
        accuracies.map { text("%.3f", $0) }.joined(separator: " | ")
    }
}
