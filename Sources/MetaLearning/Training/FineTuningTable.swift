private import CSV
private import Foundation

/// The test table after a number of fine-tuning steps.
package struct FineTuningTable: Sendable, Hashable {
    /// Steps of fine-tuning on a task's support.
    package let steps: Int
    /// One column a method.
    package internal(set) var columns: [TrainingResult.Column] = []

    init(steps: Int) {
        self.steps = steps
    }
}

extension TrainingResult {
    /// All test tables as CSV: method, steps, task, accuracy and loss; -1 steps stand for the
    /// configured fine-tuning.
    package var fineTuningCSV: String {
        var text = "method,steps,task,accuracy,loss\n"
        for (steps, columns) in [(-1, columns)] + fineTuning.map({ ($0.steps, $0.columns) }) {
            for column in columns {
                for score in column.scores {
                    let id = CSVText.field(score.id, always: true)
                    text +=
                        "\(column.method.rawValue),\(steps),\(id),\(score.accuracy),"
                        + "\(score.loss)\n"
                }
            }
        }
        return text
    }

    /// The meta-trained model's accuracies less another method's, person by person: tasks of one
    /// person are alike, so that their mean counts once.
    ///
    /// Whom a task is of stands before the first slash of its id, as collections name tasks; where
    /// ids have none, each task counts by itself.
    ///
    /// - Parameters:
    ///   - method: The other method.
    ///   - columns: A table of this result.
    ///   - isOfEpisodes: Whether tasks are of nobody, whatever their ids are.
    /// - Returns: The mean difference; `nil` when the table has not both methods, or no task.
    package static func advantage(
        over method: Method, in columns: [Column], isOfEpisodes: Bool = false
    ) -> PairedDifference? {
        guard
            let meta = columns.first(where: { $0.method == .meta }),
            let other = columns.first(where: { $0.method == method }), !meta.scores.isEmpty
        else { return nil }
        guard !isOfEpisodes else {
            return PairedDifference(
                meta.scores.map(\.accuracy), less: other.scores.map(\.accuracy))
        }
        return PairedDifference(means(of: meta.scores), less: means(of: other.scores))
    }

    /// The mean accuracy of each person, in the order of the tasks.
    private static func means(of scores: [Score]) -> [Double] {
        var people: [Substring] = []
        var accuracies: [Substring: [Double]] = [:]
        for score in scores {
            let person = score.id.prefix { $0 != "/" }
            if accuracies[person] == nil { people.append(person) }
            accuracies[person, default: []].append(score.accuracy)
        }
        return people.map { person in
            let own = accuracies[person] ?? []
            return own.reduce(0, +) / Double(max(1, own.count))
        }
    }

    /// A number of a table, with a minus sign where it is below 0.
    static func text(_ format: String, _ value: Double) -> String {
        String(format: format, value).replacingOccurrences(of: "-", with: "−")
    }

    /// The tables after each number of steps in Markdown, with paired differences.
    var fineTuningMarkdown: [String] {
        guard !fineTuning.isEmpty, let first = fineTuning.first, !first.columns.isEmpty else {
            return []
        }
        let others = first.columns.map(\.method).filter { $0 != .meta }
        var lines = [
            "", "## Mean accuracy after steps of fine-tuning", "",
            "| steps | " + first.columns.map(\.method.title).joined(separator: " | ") + " | "
                + others.map {
                    "\(Method.meta.title) − \($0.title) (95 % over \(isOfEpisodes ? "episodes" : "people"))"
                }.joined(
                    separator: " | ") + " |",
            "| ---: |"
                + String(repeating: " ---: |", count: first.columns.count + others.count),
        ]
        for table in fineTuning {
            let means = table.columns.map { Self.text("%.3f", $0.meanAccuracy) }
            let differences = others.map { method in
                Self.advantage(
                    over: method, in: table.columns, isOfEpisodes: isOfEpisodes
                ).map {
                    $0.halfWidth.isFinite
                        ? Self.text("%+.3f", $0.mean) + Self.text(" ± %.3f", $0.halfWidth)
                        : Self.text("%+.3f", $0.mean)
                } ?? ""
            }
            lines.append(
                "| \(table.steps) | " + (means + differences).joined(separator: " | ") + " |")
        }
        return lines + [""]
    }
}
